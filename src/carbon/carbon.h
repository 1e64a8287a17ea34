// Greenhouse gases: embodied in a shipped package, and of its use. docs/carbon.md
#pragma once

#include <span>

#include "cost/assembly.h"
#include "power/power.h"
#include "presets/presets.h"

namespace marquetry::carbon {

// Of making one, by where it arises: let out by the maker (scope 1), by its power stations (2), bought (3).
// GHG Protocol, Corporate Standard.
template <class Amount>
struct Scopes {
  Amount gases{}, electricity{}, materials{};
  Amount all() const { return gases + electricity + materials; }
};

// Of a processed wafer, per area. Gupta et al., "ACT", ISCA 2022.
template <Number Real>
Scopes<CarbonPerArea<Real>> wafer_emissions(const NodeParameters<Real>& node,
                                            const AssumptionParameters<Real>& assumptions,
                                            const Quirks& quirks);

template <Number Real>
struct DieCarbon {
  Scopes<Carbon<Real>> made{};  // one that passed wafer sort
  Carbon<Real> design{};        // of the die type, once
};

// The wafer over the dies that pass, with our own dies per wafer and yield.
template <Number Real>
DieCarbon<Real> die_carbon(const System<Real>& system, std::size_t die, const area::DieOutline<Real>& outline,
                           const cost::DieCost<Real>& cost, const Quirks& quirks);

// Per shipped package, with what was scrapped on the way to it (cost::Starts).
template <Number Real>
struct CarbonFigures {
  Carbon<Real> dies{}, memories{}, packaging{}, design{};
  Carbon<Real> embodied{};        // all of these
  Scopes<Carbon<Real>> scopes{};  // of the embodied; memories and what carries the dies are bought
  Carbon<Real> operational{};
  Money<Real> price{};  // of the embodied
};

template <Number Real>
CarbonFigures<Real> carbon(const System<Real>& system, std::span<const DieCarbon<Real>> dies,
                           const area::PackageArea<Real>& area, const cost::UnitCost<Real>& cost,
                           const power::PackagePower<Real>& power, const Quirks& quirks);

}  // namespace marquetry::carbon
