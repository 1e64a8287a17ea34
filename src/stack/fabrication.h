// A chip's die on its wafer: how many there are, in how many exposures, with what yield and at what cost.
#pragma once

#include "stack/evaluate.h"

namespace marquetry::stack {

// From area, width, height and defect_area: dies_per_wafer, fields, seams, exposures, die_cost, die_yield.
// Alike dies are worked out once.
template <Number Real>
void fabricate(const Stack<Real>& stack, const Quirks& quirks, std::size_t chip, Workspace<Real>& workspace);

}  // namespace marquetry::stack
