// How sure a mean is: batch means (Law, "Simulation Modeling and Analysis", 9.5.3), and quantiles of counts.
#pragma once

#include <cstdint>
#include <vector>

namespace marquetry::simulate {

struct Interval {
  double mean{}, half_width{};  // of the 95 % confidence interval; 0: fewer than three batches
  bool is_within(double share) const { return half_width > 0 && half_width <= share * mean; }
};
Interval interval(const std::vector<std::uint64_t>& sums, const std::vector<std::uint64_t>& counts);

// The smallest value that at least that share does not exceed; counts[x] is how often x has been seen.
double quantile(const std::vector<std::uint32_t>& counts, double share);

}  // namespace marquetry::simulate
