// From a solution of the linear program to whole nanometres.
#pragma once

#include "floorplan/exact_model.h"

namespace marquetry::floorplan::exact {

// Nothing where rounding breaks a rule.
std::optional<Floorplan> rounded(const Problem& problem, const Model& model, std::span<const double> at);

}  // namespace marquetry::floorplan::exact
