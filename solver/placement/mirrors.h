// The slack pass where dies must lie as mirror images: sums of coordinates are no differences, so that it is
// a linear program, by GLPK.
#pragma once

#include "placement/relations.h"
#include "placement/stance.h"

namespace marquetry::placement {

// x_a + x_b + shift is the same for all of a group (twice its axis); a may be b.
struct Mirror {
  std::size_t group{};
  std::uint32_t a{}, b{};
  Nanometre shift{};
};

// Of the groups whose axis crosses that one.
std::vector<Mirror> mirrors(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
                            const Stance& stance, Axis axis);

// What rows against the origin mean that hold a block below a limit.
enum class Far {
  fixed,  // an outline: none may pass it
  open,   // the box of a packing without mirrors: all may pass it, at the price of the heaviest pull
};

// Moves x to where the pulls are least; false, and x as it was, where that cannot be kept.
bool settle(const std::vector<Pull>& pulls, const std::vector<Apart>& aparts,
            const std::vector<Mirror>& mirrors, Far far, std::vector<Nanometre>& x);

}  // namespace marquetry::placement
