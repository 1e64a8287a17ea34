// What a carrier and the package under it cost, by the size of the carrier: for placing by cost.
#pragma once

#include <functional>

#include "layout/problem.h"
#include "session/commands/design_input.h"

namespace marquetry {

// USD of a good carrier and of the substrate under it, after the models of the analytic rung. May be called
// from several threads; refers to `prepared`.
std::function<double(layout::Size)> carrier_cost(const Prepared& prepared, const System<double>& system,
                                                 const layout::Problem& problem);

}  // namespace marquetry
