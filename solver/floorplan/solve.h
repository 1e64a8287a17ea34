// The searches over floorplans. `solve` takes the one that suits the size and the time; the others are its
// parts.
#pragma once

#include "floorplan/problem.h"

namespace marquetry::floorplan {

Result solve(const Problem& problem, const Options& options);

}  // namespace marquetry::floorplan
