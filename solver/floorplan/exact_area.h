// The least area of the box round all blocks, by deciding box after box.
#pragma once

#include "floorplan/exact_wire.h"

namespace marquetry::floorplan::exact {

// Whether `least_area` takes the problem: hard blocks that are nowhere fixed, one gap for all.
bool has_area_search(const Problem& problem);

// Some floorplan in the outline, or none (`complete`).
Proof fit_outline(const Problem& problem, const Limits& limits);

Proof least_area(const Problem& problem, const Limits& limits, const std::optional<Floorplan>& incumbent);

}  // namespace marquetry::floorplan::exact
