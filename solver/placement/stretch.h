// The spread step: the blocks of a plan as far apart as its relations and limits let them be. Relations are
// differences of coordinates, so that whatever lies between two plans with the same relations keeps them too
// (but for rounding: Packer::keep has the last word).
#pragma once

#include "floorplan/pack.h"
#include "placement/relations.h"

namespace marquetry::placement {

// Where the plan's blocks stand when each chain is spread out evenly; but for rounding they are apart.
floorplan::Wish stretched(floorplan::Packer& packer, const floorplan::Plan& plan);

// from + part * (to - from).
floorplan::Wish between(const floorplan::Wish& from, const floorplan::Wish& to, double part);

}  // namespace marquetry::placement
