// Temperatures of a layout by the grid solver: what is reported, and what the estimates of a search are held
// against.
#pragma once

#include <span>

#include "conduction/solver.h"
#include "layout/layout.h"

namespace marquetry::placement {

struct GridHeat {
  std::vector<double> dies{};  // degC, the hottest cell of each
  double peak{};               // of them all
  double bound{};              // K: no cell's true value on that grid is further off
};

// Nothing where the solver did not come to an end. The problem must have a section.
std::optional<GridHeat> grid_heat(const layout::Problem& problem, const layout::Layout& layout,
                                  const conduction::Request& request = {});

}  // namespace marquetry::placement
