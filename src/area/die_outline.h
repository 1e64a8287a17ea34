// The size of a die, from what is in it or as given, and what its edge and its face must take up.
#pragma once

#include "system/system.h"

namespace marquetry::area {

template <Number Real>
struct DieOutline {
  Area<Real> area{};
  Length<Real> width{}, height{};
  Length<Real> beachfront{};  // edge that its PHYs take
  Real signal_bumps{};
};

// PHY modules that a network puts on each die of one type. A network to another type splits evenly over its
// dies.
template <Number Real>
Real modules_on(const System<Real>& system, const Network<Real>& network, std::size_t die);

// Of one module on that die's node.
template <Number Real>
Area<Real> module_area(const Die<Real>& die, const ModuleParameters<Real>& module);

// One PHY module with its controller for each network and memory of a die: what is designed once, however
// often it is used. The far end of a link is another design only on another node.
template <Number Real>
Area<Real> interface_area(const System<Real>& system, std::size_t die);

template <Number Real>
DieOutline<Real> die_outline(const System<Real>& system, std::size_t die);

}  // namespace marquetry::area
