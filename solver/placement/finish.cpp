#include "placement/finish.h"

#include "placement/frames.h"
#include "placement/pins.h"

namespace marquetry::placement {

void finish(const layout::Problem& problem, layout::Layout& layout) {
  frame_in(problem, layout);
  layout.phys = assign_pins(problem, layout).phys;
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
