// The rules of a floorplan, looked at in whole nanometres: what every search here asks before it believes
// itself.
#pragma once

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Outline, turns, shapes, fixed places, gaps, the aspect of the box. By a sweep in x: fast for thousands of
// blocks.
bool is_legal(const Problem& problem, const Floorplan& floorplan);

// Seen at a glance: a block that does not fit the outline, fixed blocks in each other's way, more area than
// there is.
bool has_no_room(const Problem& problem);

}  // namespace marquetry::floorplan
