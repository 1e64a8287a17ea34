// What solves the programs: GLPK (glpk.cpp), or the simplex method of ours in a build without it
// (permissive.cpp).
#pragma once

#include <utility>

#include "milp/milp.h"

namespace marquetry::milp {

// Of an integer the whole numbers within, so that the engine accepts them.
std::pair<double, double> bounds(const Variable& v);

// A model without faults, with variables, none of an empty range.
Solution run_engine(const Model& model, const Options& options);

}  // namespace marquetry::milp
