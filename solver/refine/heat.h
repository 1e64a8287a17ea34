// Heat of a placed system on the grid: its stack with the powers of its dies, and what their temperatures
// say.
#pragma once

#include "refine/refine.h"
#include "thermal/case.h"

namespace marquetry::refine {

// A stack with powers. PHYs draw the power of their links, the rest of a die draws evenly
// (power/power_map.h). Regulators stand on the board and warm nothing here. Leakage grows with the
// temperature of its die; it is given at 85 degC, with the slope of the die's node. Nothing where the library
// has no section for the packaging.
std::optional<thermal::HeatCase> heat_case(const Prepared& prepared, const Choice& choice,
                                           const System<double>& system, const Evaluation<double>& analytic,
                                           const Refined& refined);

// The same solved, to 5 mK. system: as placed; powers: of that, with leakage at 85 degC.
std::optional<Heated> heated(const Prepared& prepared, const Choice& choice, const System<double>& system,
                             const Evaluation<double>& powers, const placement::PackageProblem& package,
                             const layout::Layout& layout);

}  // namespace marquetry::refine
