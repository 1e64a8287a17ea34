#include "explore/best.h"

#include <algorithm>

namespace marquetry::explore {
namespace {

using solver::Point;

// Of the measure, over all choices that keep every limit.
std::optional<std::uint64_t> best_of(MeasureKind kind, const Measures& measures, const SearchResult& found,
                                     const std::vector<Point>& points) {
  const auto m = measures.find(kind);
  if (!m) return std::nullopt;
  Best best = found.tally.best(*m);
  if (measures.all()[*m].follows) {
    for (const auto& point : points) best = std::min(best, Best{measures(point, nullptr)[*m], point.id});
  }
  return best.value == unreachable ? std::nullopt : std::optional{best.id};
}

}  // namespace

std::size_t knee_of(const std::vector<Point>& points, std::size_t objectives) {
  std::vector<double> sums(points.size(), 0.0);
  for (std::size_t o = 0; o < objectives; ++o) {
    const auto cost = [o](const Point& p) { return p.costs[o]; };
    const auto [low, high] = std::ranges::minmax_element(points, {}, cost);
    const double extent = high->costs[o] - low->costs[o];
    for (std::size_t i = 0; i < points.size() && extent > 0; ++i) {
      const double scaled = (points[i].costs[o] - low->costs[o]) / extent;
      sums[i] += scaled * scaled;
    }
  }
  return static_cast<std::size_t>(std::ranges::min_element(sums) - sums.begin());
}

std::vector<BestChoice> best_compositions(const Prepared& prepared, const Measures& measures,
                                          const std::optional<Reference>& reference,
                                          const SearchResult& found) {
  std::vector<BestChoice> out;
  const auto points = found.front.points();
  if (points.empty()) return out;
  const auto add = [&](Sense sense, std::uint64_t id) {
    out.push_back({.sense = sense, .choice = choice_at(*prepared.design, id)});
    if (!reference || !can_match(*reference, prepared)) return;
    const auto evaluation = evaluate(compose(prepared, out.back().choice), prepared.models);
    std::array<double, solver::most_objectives> costs{};
    for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
      costs[o] = prepared.objectives[o].cost(evaluation);
    }
    out.back().packages = packages_needed(*reference, prepared, costs);
  };
  if (const auto id = best_of(MeasureKind::shortfall, measures, found, points)) add(Sense::nearest, *id);
  if (const auto id = best_of(MeasureKind::match_cost, measures, found, points)) add(Sense::cheapest, *id);
  if (const auto id = best_of(MeasureKind::match_power, measures, found, points)) add(Sense::frugal, *id);
  add(Sense::knee, points[knee_of(points, prepared.objectives.size())].id);
  return out;
}

}  // namespace marquetry::explore
