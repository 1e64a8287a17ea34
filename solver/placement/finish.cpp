#include "placement/finish.h"

#include <algorithm>

#include "placement/bridges.h"
#include "placement/frames.h"
#include "placement/pins.h"

namespace marquetry::placement {
namespace {

using geometry::Point;

// Whether anything but the carrier's edge says where on it dies stand.
bool is_anchored(const layout::Problem& problem) {
  const auto& carrier = problem.carrier;
  return !problem.keep_outs.empty() || !problem.terminals.empty() || !carrier.stitch_x.empty() ||
         !carrier.stitch_y.empty() || carrier.field ||
         std::ranges::any_of(problem.dies, [](const auto& die) { return die.fixed.has_value(); }) ||
         std::ranges::any_of(problem.nets, [](const auto& net) {
           return std::ranges::any_of(net.pins, [](const auto& pin) { return !pin.die; });
         });
}

}  // namespace

void centre(const layout::Problem& problem, layout::Layout& layout) {
  if (!problem.carrier.fixed || is_anchored(problem) || layout.dies.empty()) return;
  const auto ringed = [&](std::size_t d) {
    return geometry::widened(layout::outline(layout, d), problem.dies[d].on ? 0 : problem.dies[d].ring);
  };
  auto box = ringed(0);
  for (std::size_t d = 1; d < layout.dies.size(); ++d) box = geometry::hull(box, ringed(d));
  const Point by{(problem.carrier.fixed->width - box.low.x - box.high.x) / 2,
                 (problem.carrier.fixed->height - box.low.y - box.high.y) / 2};
  for (auto& at : layout.dies) at.low = at.low + by;
}

void finish(const layout::Problem& problem, layout::Layout& layout) {
  frame_in(problem, layout);
  layout.phys = assign_pins(problem, layout).phys;
  layout.bridges = place_bridges(problem, layout).bridges;
}

layout::Layout row_of(const layout::Problem& problem) {
  layout::Layout row;
  geometry::Nanometre x = problem.edge;
  for (const auto& die : problem.dies) {
    auto rotation = geometry::Rotation::r0;
    while ((die.rotations >> static_cast<int>(rotation) & 1) == 0 && rotation != geometry::Rotation::r270) {
      rotation = static_cast<geometry::Rotation>(static_cast<int>(rotation) + 1);
    }
    row.dies.push_back(
        die.fixed.value_or(geometry::Placement{{x + die.ring, problem.edge + die.ring}, rotation}));
    row.sizes.push_back(die.size);
    x += geometry::turned(die.size, rotation).width + 2 * die.ring + problem.gap;
  }
  frame_in(problem, row);
  return row;
}

}  // namespace marquetry::placement
