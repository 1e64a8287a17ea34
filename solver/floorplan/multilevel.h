// Floorplans of many blocks: annealing with overlap priced, made legal, again and again with what time is
// left.
#pragma once

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// For any number of blocks; worth it from some 15 on. A run of given steps is the same for any number of
// threads.
Result multilevel(const Problem& problem, const Options& options);

}  // namespace marquetry::floorplan
