// The relations of a plan as difference constraints: what the slack pass must keep.
#pragma once

#include "floorplan/pack.h"
#include "placement/slack.h"

namespace marquetry::placement {

enum class Axis : std::uint8_t { x, y };

// For each pair that one coordinate tells apart, and for the limits of each block; where those are open, the
// box of the plan. Positions of the plan keep them, if it is legal.
void gather(const floorplan::Frame& frame, const floorplan::Plan& plan, Axis axis,
            std::vector<Apart>& aparts);

// Renews the box of a plan whose blocks have moved.
void measure(floorplan::Plan& plan);

}  // namespace marquetry::placement
