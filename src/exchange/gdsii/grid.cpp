#include "exchange/gdsii/grid.h"

#include <algorithm>

namespace marquetry::exchange {
namespace {

using assembly::Units;

// The distinct values, ascending; empty where their steps differ.
std::vector<Units> evenly_spaced(std::vector<Units> values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
  for (std::size_t i = 2; i < values.size(); ++i) {
    if (values[i] - values[i - 1] != values[1] - values[0]) return {};
  }
  return values;
}

}  // namespace

std::optional<BumpGrid> grid_of(const std::vector<assembly::Point>& points) {
  if (points.size() < 4) return std::nullopt;
  std::vector<Units> xs, ys;
  for (const auto& p : points) {
    xs.push_back(p.x);
    ys.push_back(p.y);
  }
  xs = evenly_spaced(std::move(xs));
  ys = evenly_spaced(std::move(ys));
  if (xs.empty() || ys.empty() || xs.size() * ys.size() != points.size()) return std::nullopt;
  std::vector<bool> is_taken(points.size());
  const auto step = [](const std::vector<Units>& v) { return v.size() > 1 ? v[1] - v[0] : 1; };
  for (const auto& p : points) {
    const auto at = static_cast<std::size_t>((p.x - xs[0]) / step(xs)) +
                    static_cast<std::size_t>((p.y - ys[0]) / step(ys)) * xs.size();
    if (is_taken[at]) return std::nullopt;
    is_taken[at] = true;
  }
  return BumpGrid{{xs.front(), ys.front()}, {xs.back(), ys.back()}, xs.size(), ys.size()};
}

}  // namespace marquetry::exchange
