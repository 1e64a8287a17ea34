// Linear programs without GLPK: what a build under a permissive licence has (MARQUETRY_GPL=OFF).
#pragma once

#include "milp/milp.h"

namespace marquetry::milp {

// The model has passed `fault` and has no integers. `failed` where rounding got the better of it.
Solution solve_linear(const Model& model, const Options& options);

}  // namespace marquetry::milp
