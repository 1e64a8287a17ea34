// What another voltage than the nominal one does to clock and power of a die, and how far clock and voltage
// fall where its power is capped. Equations, sources and checks: docs/power.md.
#pragma once

#include <optional>

#include "system/system.h"

namespace marquetry::power {

// Of the clock and the voltage that the design gives, what a cap leaves.
template <Number Real>
struct Throttle {
  Real clock{1.0}, voltage{1.0};
};

// Of one die.
template <Number Real>
struct DiePower {
  Power<Real> dynamic{}, leakage{};
  std::optional<Throttle<Real>> throttle{};  // where a cap is set
};

// Highest clock at one voltage / at another. Alpha-power law: delay goes with V / (V - threshold)^saturation.
// Sakurai & Newton, IEEE JSSC 25(2), 1990.
template <Number Real>
Real clock_ratio(const CurveParameters<Real>& curve, const Voltage<Real>& at, const Voltage<Real>& from);

// Leakage at one voltage / at another: the current rises as drain-induced barrier lowering has it.
template <Number Real>
Real leakage_ratio(const CurveParameters<Real>& curve, const Voltage<Real>& at, const Voltage<Real>& from);

// The die at the highest clock at which it keeps the cap. The voltage falls with the clock as the curve has
// it, down to the lowest one; from there on the clock alone. `at`: the voltage at which `full` is drawn.
// What leaks at the lowest voltage no clock can save: then the clock is all but stopped, and the cap broken.
template <Number Real>
DiePower<Real> throttled(const DiePower<Real>& full, const CurveParameters<Real>& curve,
                         const Voltage<Real>& at, const Power<Real>& cap);

// Of its clock that a capped die keeps, however low the cap.
inline constexpr double least_clock = 1e-3;

}  // namespace marquetry::power
