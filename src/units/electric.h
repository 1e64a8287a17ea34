// Quantities and units of circuits: of the few files that compute with them.
#pragma once

#include "units/units.h"

namespace marquetry {

namespace dimension {
inline constexpr Dimension resistance = power + current * -2, inductance = energy + current * -2,
                           capacitance = current * 2 + energy * -1;
}  // namespace dimension

template <Number Real = double>
using Resistance = Quantity<dimension::resistance, Real>;

namespace unit {
// NOLINTBEGIN(readability-identifier-naming)
inline constexpr Resistance<> ohm = V / A, mohm = 1e-3 * ohm, uohm = 1e-6 * ohm;
inline constexpr Quantity<dimension::inductance> nH = 1e-9 * J / (A * A), pH = 1e-3 * nH;
inline constexpr Quantity<dimension::capacitance> uF = 1e-6 * A * A / J, nF = 1e-3 * uF;
// NOLINTEND(readability-identifier-naming)
}  // namespace unit

}  // namespace marquetry
