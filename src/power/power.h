// Power at full load: the stated power of a product, every part busy.
#pragma once

#include <span>
#include <vector>

#include "area/die_outline.h"

namespace marquetry::power {

template <Number Real>
struct DiePower {
  Power<Real> dynamic{}, leakage{};
};

template <Number Real>
struct PackagePower {
  std::vector<Power<Real>> dies{};      // by die type, all its dies: dynamic and leakage
  std::vector<Power<Real>> memories{};  // by memory, all its stacks
  Power<Real> links{};
  Power<Real> conversion{};  // lost in the last voltage regulators
  Power<Real> total{};
};

// Of one die. Energy per clock scales with the node; leakage is that at 85 degC.
template <Number Real>
DiePower<Real> die_power(const Die<Real>& die, const area::DieOutline<Real>& outline);

// die: by die type, of one die. Links and memories run at their full bandwidth.
template <Number Real>
void package_power(const System<Real>& system, std::span<const DiePower<Real>> die, PackagePower<Real>& out);

// Of all links of a network at full bandwidth: bits in flight times energy per bit, transmitter and receiver.
// Between dies both ends are ours; a link to the outside has one end here, half of the energy of its two
// directions. Idle it takes the link's `idle_share` of it.
template <Number Real>
Power<Real> link_power(const System<Real>& system, const Network<Real>& network);

// Full bandwidth of one stack or channel.
template <Number Real>
Bandwidth<Real> stack_bandwidth(const MemoryParameters<Real>& memory) {
  return memory.pins * memory.pin_rate;
}

}  // namespace marquetry::power
