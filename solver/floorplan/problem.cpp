#include "floorplan/problem.h"

namespace marquetry::floorplan {
namespace {

// In half nanometres, so that a centre is a whole number.
Point doubled(const Floorplan& floorplan, const Pin& pin) {
  if (pin.block < 0) return {2 * pin.at.x, 2 * pin.at.y};
  const auto b = static_cast<std::size_t>(pin.block);
  const auto rect = geometry::outline(floorplan.blocks[b], floorplan.sizes[b]);
  if (pin.at_centre) return rect.low + rect.high;
  const Point at = geometry::placed(floorplan.blocks[b], floorplan.sizes[b], pin.at);
  return {2 * at.x, 2 * at.y};
}

}  // namespace

double half_perimeter(const Problem& problem, const Floorplan& floorplan) {
  double sum = 0;
  for (const auto& net : problem.nets) {
    if (net.pins.empty()) continue;
    const Point first = doubled(floorplan, net.pins.front());
    geometry::Rect box{first, first};
    for (const auto& pin : net.pins) {
      const Point at = doubled(floorplan, pin);
      box = geometry::hull(box, {at, at});
    }
    sum += net.weight * static_cast<double>(box.width() + box.height()) / 2;
  }
  return sum;
}

Size box(const Problem& problem, const Floorplan& floorplan) {
  if (problem.blocks.empty()) return {};
  auto all = geometry::outline(floorplan.blocks[0], floorplan.sizes[0]);
  for (std::size_t b = 1; b < floorplan.blocks.size(); ++b) {
    all = geometry::hull(all, geometry::outline(floorplan.blocks[b], floorplan.sizes[b]));
  }
  return {all.width(), all.height()};
}

double objective(const Problem& problem, const Floorplan& floorplan) {
  return problem.objective.wire * half_perimeter(problem, floorplan) +
         problem.objective.area * geometry::area(box(problem, floorplan));
}

}  // namespace marquetry::floorplan
