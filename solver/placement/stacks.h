// Stacked dies: where each stands on the die below it, before anything else is placed. They travel with it.
#pragma once

#include "layout/problem.h"

namespace marquetry::placement {

// The die on the carrier that carries this one.
std::size_t root(const layout::Problem& problem, std::size_t die);

// By die: its place in the unturned outline of its root. Those on one die stand side by side, as compact as
// they go and in its middle; where they are too large they stand out on all sides alike, which the checker
// will say.
std::vector<geometry::Placement> passengers(const layout::Problem& problem);

}  // namespace marquetry::placement
