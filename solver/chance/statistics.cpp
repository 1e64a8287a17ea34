#include "chance/statistics.h"

#include <algorithm>
#include <cmath>

namespace marquetry::chance {
namespace {

// The mean of the results of the scramblings and its standard error, or `whole` as the value.
Estimate settled(std::span<const double> results, double whole) {
  const auto n = static_cast<double>(results.size());
  double mean = 0, squares = 0;
  for (const double x : results) mean += x / n;
  for (const double x : results) squares += (x - mean) * (x - mean);
  return {whole, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

// Values in order, ends interpolated between neighbours (type 7 of Hyndman & Fan, Am. Stat. 50(4), 1996).
double quantile(std::span<const double> sorted, double share) {
  if (sorted.empty()) return 0;
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  if (!std::isfinite(sorted[above])) return sorted[at > static_cast<double>(below) ? above : below];
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double mean_of(std::span<const double> values) {
  double sum = 0, count = 0;
  for (const double x : values) {
    if (!std::isfinite(x)) continue;
    sum += x;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

std::span<const double> part(const Values& values, std::size_t r) {
  const std::size_t each = values.size() / scramblings;
  return std::span{values}.subspan(r * each, each);
}

template <class F>
Estimate by_scrambling(const Values& values, double whole, F figure) {
  std::array<double, scramblings> results{};
  for (std::size_t r = 0; r < scramblings; ++r) results[r] = figure(part(values, r));
  return settled(results, whole);
}

// What is no number counts as without end: it stands behind all others.
Values in_order(std::span<const double> values) {
  Values sorted(values.begin(), values.end());
  for (double& x : sorted) {
    if (std::isnan(x)) x = std::numeric_limits<double>::infinity();
  }
  std::ranges::sort(sorted);
  return sorted;
}

}  // namespace

Spread spread_of(const Values& values, double typical) {
  Spread out{.typical = typical};
  const double mean = mean_of(values);
  out.mean = by_scrambling(values, mean, mean_of);
  double squares = 0, finite = 0;
  for (const double x : values) {
    if (!std::isfinite(x)) continue;
    squares += (x - mean) * (x - mean);
    ++finite;
  }
  out.finite = finite / static_cast<double>(values.size());
  out.deviation = finite > 1 ? std::sqrt(squares / (finite - 1)) : 0;
  std::array<std::array<double, scramblings>, shares.size()> parts{};
  for (std::size_t r = 0; r < scramblings; ++r) {
    const auto sorted = in_order(part(values, r));
    for (std::size_t q = 0; q < shares.size(); ++q) parts[q][r] = quantile(sorted, shares[q]);
  }
  const auto sorted = in_order(values);
  for (std::size_t q = 0; q < shares.size(); ++q) {
    out.quantiles[q] = settled(parts[q], quantile(sorted, shares[q]));
  }
  return out;
}

Difference difference_of(const Values& first, const Values& second, double typical) {
  Values difference(first.size()), is_less(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    difference[i] = second[i] - first[i];
    is_less[i] = first[i] < second[i] ? 1 : first[i] > second[i] ? 0 : 0.5;
  }
  return {by_scrambling(is_less, mean_of(is_less), mean_of), spread_of(difference, typical)};
}

void Bins::add(std::span<const double> factors, double value) {
  if (!std::isfinite(value)) return;
  by_factor.resize(factors.size());
  ++number;
  sum += value;
  squares += value * value;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const auto bin = std::min(count - 1, static_cast<std::size_t>(factors[f] * static_cast<double>(count)));
    ++by_factor[f][bin].number;
    by_factor[f][bin].sum += value;
  }
}

void Bins::add(const Bins& other) {
  by_factor.resize(std::max(by_factor.size(), other.by_factor.size()));
  number += other.number;
  sum += other.sum;
  squares += other.squares;
  for (std::size_t f = 0; f < other.by_factor.size(); ++f) {
    for (std::size_t b = 0; b < count; ++b) {
      by_factor[f][b].number += other.by_factor[f][b].number;
      by_factor[f][b].sum += other.by_factor[f][b].sum;
    }
  }
}

std::vector<double> Bins::shares() const {
  std::vector<double> out(by_factor.size());
  const double mean = number > 0 ? sum / number : 0;
  const double total = squares - number * mean * mean;
  if (!(total > 1e-12 * squares)) return out;
  for (std::size_t f = 0; f < out.size(); ++f) {
    double between = 0, used = 0;
    for (const auto& bin : by_factor[f]) {
      if (bin.number == 0) continue;
      const double off = bin.sum / bin.number - mean;
      between += bin.number * off * off;
      ++used;
    }
    // Of the variance within, every bin but one takes a sample's worth into its mean.
    const double within = (total - between) / std::max(1.0, number - used);
    out[f] = std::clamp((between - (used - 1) * within) / total, 0.0, 1.0);
  }
  return out;
}

std::vector<Knowledge> knowledge_of(std::span<const Bins> bins) {
  Bins whole;
  std::vector<std::vector<double>> parts;
  for (const auto& part : bins) {
    whole.add(part);
    parts.push_back(part.shares());
  }
  const auto all = whole.shares();
  std::vector<Knowledge> out;
  for (std::size_t f = 0; f < all.size(); ++f) {
    std::vector<double> results;
    for (const auto& part : parts) results.push_back(f < part.size() ? part[f] : 0);
    out.push_back({f, settled(results, all[f])});
  }
  std::ranges::stable_sort(out, std::greater{}, [](const Knowledge& k) { return k.share.value; });
  return out;
}

}  // namespace marquetry::chance
