// The aspect of the box round all blocks, where nothing else is missing.
#pragma once

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Moves the one block outwards whose nets suffer least, so that the box has the aspect it must have. Nothing
// where no one block can do it.
std::optional<Floorplan> stretched(const Problem& problem, const Floorplan& floorplan);

}  // namespace marquetry::floorplan
