// A step of the current dI meets the dies' own capacitance C alone: what feeds it lies behind the inductance
// L. Lossless, the voltage falls by dI sqrt(L / C), a quarter of a period 2 pi sqrt(L C) after the step;
// hence C >= L (dI / dV)^2. The same once more for the package's capacitance behind the board. Larsson,
// Resonance and damping in CMOS circuits with on-chip decoupling capacitance, IEEE TCAS I 45(8), 1998
// (unverified); Smith et al., Power distribution system design methodology and capacitor selection, IEEE
// Trans. Adv. Packag. 22(3), 1999: target impedance (unverified).
#include "delivery/decoupling.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marquetry::delivery {

DecouplingEstimate decoupling_estimate(const Net& net, const Decoupling& given, const Limits& limits,
                                       double steady) {
  DecouplingEstimate out{.on_die = given.on_die, .in_package = given.in_package};
  double current = 0;
  for (const auto& load : net.loads) current += load.current;
  out.step = given.step * current;
  out.allowed = std::max(0.0, limits.total * net.voltage - steady);
  // Kinds of joints that lie one above the other add up, those side by side share the current.
  const double ways = net.back == Return::mirrored ? 2 : 1;
  std::vector<double> admittance(net.supply.layers.size());
  for (const auto& joints : net.supply.joints)
    if (joints.inductance > 0) admittance[joints.below] += joints.count / joints.inductance;
  out.inductance = given.package_inductance;
  for (const double one : admittance)
    if (one > 0) out.inductance += ways / one;
  out.is_known = out.step > 0 && out.on_die > 0 && out.inductance > 0;
  if (out.step <= 0) return out;
  out.impedance = out.allowed / out.step;
  if (out.allowed > 0) {
    out.on_die_needed = out.inductance / (out.impedance * out.impedance);
    out.in_package_needed = given.board_inductance / (out.impedance * out.impedance);
  }
  if (!out.is_known) return out;
  const double period = 2 * std::numbers::pi * std::sqrt(out.inductance * out.on_die);
  out.resonance = 1 / period;
  out.charge = out.step * period / 4;
  out.droop = out.step * std::sqrt(out.inductance / out.on_die);
  return out;
}

}  // namespace marquetry::delivery
