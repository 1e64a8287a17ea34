// What catches a step of the load before the regulators do: capacitance needed and there, and the first
// droop.
#pragma once

#include "delivery/net.h"

namespace marquetry::delivery {

struct DecouplingEstimate {
  double step{};       // A that come at once
  double allowed{};    // V that they may cost
  double impedance{};  // ohm, target: allowed / step
  double charge{};     // C that the dies need before the package answers: a quarter of the resonance
  double on_die{}, on_die_needed{};          // F
  double in_package{}, in_package_needed{};  // F
  double inductance{};                       // H between the two: joints of the die and the package's own
  double resonance{};                        // Hz of the first droop
  double droop{};                            // V, undamped
  bool is_known{};                           // all that it needs is told
  bool holds() const { return !is_known || droop <= allowed; }
};

// steady: V of the net's worst drop, which the step comes on top of.
DecouplingEstimate decoupling_estimate(const Net& net, const Decoupling& given, const Limits& limits,
                                       double steady);

}  // namespace marquetry::delivery
