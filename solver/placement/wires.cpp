#include "placement/wires.h"

#include <algorithm>
#include <cmath>

namespace marquetry::placement {

using geometry::Nanometre;

Score Centres::score(const floorplan::Plan& plan, const Stance& stance) {
  along_x_.clear(), along_y_.clear();
  double length = 0;
  for (const auto& link : problem_->links) {
    const auto centre_a = stance.rect[link.a].low + stance.rect[link.a].high,
               centre_b = stance.rect[link.b].low + stance.rect[link.b].high;
    length += link.wires * static_cast<double>(geometry::manhattan(centre_a, centre_b)) / 2;
    const auto a = static_cast<floorplan::Index>(blocks_->of_die[link.a]),
               b = static_cast<floorplan::Index>(blocks_->of_die[link.b]);
    if (a == b) continue;
    along_x_.push_back({a, b, link.wires, (centre_a.x - centre_b.x) / 2 - plan.x[a] + plan.x[b]});
    along_y_.push_back({a, b, link.wires, (centre_a.y - centre_b.y) / 2 - plan.y[a] + plan.y[b]});
  }
  return {length, 0};
}

namespace {

// Whether the clumps of all dies of links can hold the wires: the same wherever the dies stand.
bool can_hold(const layout::Problem& problem) {
  auto program = layout::transport(problem);
  return program && program->cost(std::vector<layout::ClumpPoints>(problem.dies.size())).has_value();
}

}  // namespace

Metric metric_of(const layout::Problem& problem, Metric wanted) {
  if (wanted == Metric::transport) return can_hold(problem) ? wanted : Metric::centre;
  if (wanted != Metric::automatic) return wanted;
  if (problem.links.empty()) return Metric::half_perimeter;
  const bool has_phys =
      std::ranges::any_of(problem.links, [](const auto& link) { return link.phy.has_value(); });
  if (has_phys) return Metric::phys;
  if (can_hold(problem)) return Metric::transport;
  return problem.nets.empty() ? Metric::centre : Metric::half_perimeter;
}

Nanometre median(const std::vector<Pull>& pulls, const std::vector<Nanometre>& at, floorplan::Index block) {
  std::vector<std::pair<Nanometre, double>> points;
  double sum = 0;
  for (const auto& [a, b, weight, shift] : pulls) {
    if (a == block && b < at.size()) points.emplace_back(at[b] - shift, weight);
    if (b == block && a < at.size()) points.emplace_back(at[a] + shift, weight);
    if (a == block || b == block) sum += weight;
  }
  std::ranges::sort(points);
  double seen = 0;
  for (const auto& [point, weight] : points) {
    seen += weight;
    if (2 * seen >= sum) return point;
  }
  return at[block];
}

}  // namespace marquetry::placement
