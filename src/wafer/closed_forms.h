// Dies on a wafer in closed form, as published peers take them: real-valued, kept for their presets.
#pragma once

#include "number/numbers.h"

namespace marquetry::wafer {

// Area of the wafer over area of the die, less those that the rim cuts: pi R^2 / A - pi 2 R / sqrt(2 A).
// Factored, u = R / sqrt(A), so that ranges stay narrow: pi u (u - sqrt 2). Lengths in any one unit.

// Feng & Ma, Chiplet Actuary, DAC 2022: the die with its street, A' = A + 2 s sqrt(A) + s^2, as if it were
// square; the published program takes a rim of 5 mm and s = 0.2 mm.
template <Number Real>
Real actuary_dies(const Real& area, const Real& scribe, const Real& usable_radius);

// As ECO-CHIP has it (HPCA 2024), after de Vries: pi D (D / (4 A) - 1 / sqrt(2 A)); no rim, no street, D =
// 450 mm.
template <Number Real>
Real de_vries_dies(const Real& area, const Real& diameter);

}  // namespace marquetry::wafer
