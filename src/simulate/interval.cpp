#include "simulate/interval.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marquetry::simulate {
namespace {

// Student's t, 97.5 %, by degrees of freedom (any table of it); beyond the table a bound from above.
double student(std::size_t freedom) {
  constexpr std::array<double, 31> table{0,     12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365,
                                         2.306, 2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
                                         2.120, 2.110,  2.101, 2.093, 2.086, 2.080, 2.074, 2.069,
                                         2.064, 2.060,  2.056, 2.052, 2.048, 2.045, 2.042};
  return table[std::min(freedom, table.size() - 1)];
}

}  // namespace

Interval interval(const std::vector<std::uint64_t>& sums, const std::vector<std::uint64_t>& counts) {
  std::vector<double> means;
  double sum = 0;
  for (std::size_t b = 0; b < sums.size(); ++b)
    if (counts[b] != 0) {
      means.push_back(static_cast<double>(sums[b]) / static_cast<double>(counts[b]));
      sum += means.back();
    }
  Interval out;
  if (means.empty()) return out;
  const double n = static_cast<double>(means.size());
  out.mean = sum / n;
  if (means.size() < 3) return out;
  double squares = 0;
  for (const double m : means) squares += (m - out.mean) * (m - out.mean);
  out.half_width = student(means.size() - 1) * std::sqrt(squares / (n - 1) / n);
  return out;
}

double quantile(const std::vector<std::uint32_t>& counts, double share) {
  std::uint64_t all = 0, seen = 0;
  for (const std::uint32_t c : counts) all += c;
  for (std::size_t x = 0; x < counts.size(); ++x) {
    seen += counts[x];
    if (seen != 0 && static_cast<double>(seen) >= share * static_cast<double>(all))
      return static_cast<double>(x);
  }
  return 0;
}

}  // namespace marquetry::simulate
