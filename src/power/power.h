// Power at full load: the stated power of a product, every part busy; less where the design caps it or says
// how busy its parts are.
#pragma once

#include <span>
#include <vector>

#include "area/die_outline.h"
#include "power/curve.h"

namespace marquetry::power {

template <Number Real>
struct PackagePower {
  std::vector<Power<Real>> dies{};      // by die type, all its dies: dynamic and leakage
  std::vector<Power<Real>> memories{};  // by memory, all its stacks
  std::vector<Power<Real>> phys{};      // by die type, what the PHYs on one die take of links and memories
  Power<Real> links{};
  Power<Real> conversion{};  // lost in the last voltage regulators
  Power<Real> total{};
};

// Of one die, within its own cap. Energy per clock scales with the node and the square of the voltage;
// leakage is that at 85 degC.
template <Number Real>
DiePower<Real> die_power(const Die<Real>& die, const area::DieOutline<Real>& outline);

// At which a die draws that power.
template <Number Real>
Voltage<Real> supply_voltage(const Die<Real>& die, const DiePower<Real>& power);

// die: by die type, of one die. Links and memories run as busy as the design has them, at full bandwidth if
// it does not say.
template <Number Real>
void package_power(const System<Real>& system, std::span<const DiePower<Real>> die, PackagePower<Real>& out);

// Lowers the clocks of the dies that have one until the package keeps its cap: of what is left to them each
// keeps its share.
template <Number Real>
void keep_cap(const System<Real>& system, std::vector<DiePower<Real>>& die, PackagePower<Real>& out);

// Of all links of a network: bits in flight times energy per bit, transmitter and receiver. Between dies both
// ends are ours; a link to the outside has one end here, half of the energy of its two directions. Idle it
// takes the link's `idle_share` of it.
template <Number Real>
Power<Real> link_power(const System<Real>& system, const Network<Real>& network);

// Full bandwidth of one stack or channel.
template <Number Real>
Bandwidth<Real> stack_bandwidth(const MemoryParameters<Real>& memory) {
  return memory.pins * memory.pin_rate;
}

// Of one stack or channel: what moves, and what refresh and standby take.
template <Number Real>
Power<Real> stack_power(const AttachedMemory<Real>& memory);

// Of that, what the PHY on the host takes of a stack beside it.
template <Number Real>
Power<Real> phy_power(const AttachedMemory<Real>& memory);

}  // namespace marquetry::power
