// The pads below a chip: how many it needs, and the area that they take within the reach of their links.
#pragma once

#include "stack/evaluate.h"

namespace marquetry::stack {

// The greatest current density that a joint of this pitch may carry for its life, A/mm2. Solder: 1e4 A/cm2;
// copper on copper, below a pitch of 10 um: 1e6 A/cm2. Tu, J. Appl. Phys. 94, 2003 (orders of magnitude).
double electromigration_limit(double bond_pitch);

// power_pads, test_pads, pads_to_parent and tsvs; those of the chips on it must be there.
template <Number Real>
void count_pads(const Stack<Real>& stack, const Quirks& quirks, std::size_t chip, Figures<Real>& figures);

// pad_area.
template <Number Real>
void spread_pads(const Stack<Real>& stack, std::size_t chip, Workspace<Real>& workspace);

}  // namespace marquetry::stack
