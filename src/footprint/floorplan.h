// Dies side by side by recursive halving, as ECO-CHIP places them.
#pragma once

#include <vector>

namespace marquetry::footprint {

// All lengths in mm, so that ceilings fall as on paper.
struct Outline {
  double area{}, aspect{};  // long / short side
};

struct Extent {
  double x{}, y{};
  double interfaces{};
};

// Each die goes to the lighter half, smallest first; halves are divided the other way. Halves lie side by
// side with a gap; where they touch, one bridge serves `bridge_edge` of the shorter edge.
Extent recursive_floorplan(std::vector<Outline> dies, double bridge_edge);

}  // namespace marquetry::footprint
