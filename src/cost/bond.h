// Attaching one die: what it costs, and whether it holds.
#pragma once

#include "area/die_outline.h"
#include "cost/models.h"

namespace marquetry::cost {

template <Number Real>
struct Bond {
  Real yield{1.0};
  Money<Real> cost{};
};

// joint: the packaging that carries the die, or joins it to the one below. The yield is per die and per bump;
// all sites of the bump array count: signals, power, ground and test. Where the packaging has a hybrid bond,
// that gives the yield (bonding/hybrid.h). A failed bond that is found is made again: b / (1 - w (1 - b)),
// with w the share that is found, at the cost of the second bonding. mended: by which spare lanes raise the
// yield of bumps that count one by one.
template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const area::DieOutline<Real>& outline,
                   const Models& models = {}, const Real& mended = Real{1.0});

// Of a part that is bought, with as many bumps as it has.
template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const Real& bumps);

}  // namespace marquetry::cost
