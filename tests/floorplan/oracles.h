// Optima found in ways that share nothing with the search under test.
#pragma once

#include <optional>

#include "floorplan/problem.h"

namespace marquetry::test {

// The least wire by one integer program with big-M rows, by GLPK. Nothing: no floorplan is legal.
std::optional<double> least_wire_by_integers(const floorplan::Problem& problem);

// By trying every way in which the blocks can lie (all pairs of sequences) and turn.
std::optional<double> least_wire_by_trying(const floorplan::Problem& problem);

}  // namespace marquetry::test
