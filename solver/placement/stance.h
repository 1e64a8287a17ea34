// Where every die stands in a plan that is being judged.
#pragma once

#include "floorplan/pack.h"
#include "placement/blocks.h"

namespace marquetry::placement {

struct Stance {
  std::vector<geometry::Placement> at{};
  std::vector<geometry::Size> size{};  // unturned
  std::vector<geometry::Rect> rect{};
};

void find(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan, Stance& stance);

}  // namespace marquetry::placement
