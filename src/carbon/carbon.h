// Greenhouse gases: embodied in a shipped package, and of its use.
#pragma once

#include <span>

#include "cost/assembly.h"
#include "power/power.h"

namespace marquetry::carbon {

template <Number Real>
struct CarbonFigures {
  Carbon<Real> dies{}, memories{}, packaging{};  // with what was scrapped on the way to one shipped package
  Carbon<Real> embodied{};
  Carbon<Real> operational{};
};

// Of one die that passed wafer sort: the wafer's electricity, gases and materials over the dies that pass.
// Gupta et al., "ACT", ISCA 2022, with our own dies per wafer and yield.
template <Number Real>
Carbon<Real> die_carbon(const Die<Real>& die, const cost::DieCost<Real>& cost);

template <Number Real>
CarbonFigures<Real> carbon(const System<Real>& system, std::span<const Carbon<Real>> dies,
                           const area::PackageArea<Real>& area, const cost::UnitCost<Real>& cost,
                           const power::PackagePower<Real>& power);

}  // namespace marquetry::carbon
