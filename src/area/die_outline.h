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

template <Number Real>
DieOutline<Real> die_outline(const System<Real>& system, std::size_t die);

}  // namespace marquetry::area
