// How Chiplet Actuary prices the layers of an organic package, for its preset.
#pragma once

#include "area/package_area.h"

namespace marquetry::cost {

// One layer's price for one die; for several 1.5, 1.75 or 2 of it by the area of the substrate. 1 below a
// carrier.
template <Number Real>
Real actuary_layers(const System<Real>& system, const area::PackageArea<Real>& area) {
  Real dies{0.0};
  for (const auto& die : system.dies) dies = dies + die.count;
  const Real size = area.substrate / unit::mm2;
  const Real step =
      select_less(Real{900.0}, size, Real{2.0}, select_less(Real{289.0}, size, Real{1.75}, Real{1.5}));
  const Real several = select_less(Real{1.0}, dies, step, Real{1.0});
  return select_less(Real{0.0}, system.packaging.carrier_factor, Real{1.0}, several);
}

}  // namespace marquetry::cost
