// Alignments and abutments as equalities between the coordinates of blocks, for the slack pass.
#pragma once

#include "placement/relations.h"
#include "placement/stance.h"

namespace marquetry::placement {

// Adds the equalities (and, for abutments, that the two lie beside each other) that hold along that axis.
void add_ties(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
              const Stance& stance, Axis axis, std::vector<Apart>& aparts);

// Moves x as little as the constraints ask, to the right and then as a whole to the left; false where they
// cannot all be kept.
bool meet(const std::vector<Apart>& aparts, std::vector<Nanometre>& x);

}  // namespace marquetry::placement
