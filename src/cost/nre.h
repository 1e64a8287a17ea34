// What is paid once: design of modules, dies and package, masks and tooling.
#pragma once

#include <span>

#include "area/package_area.h"
#include "cost/models.h"

namespace marquetry::cost {

// Of a die type: physical design, masks, verification of the whole. Feng & Ma, Chiplet Actuary, DAC 2022,
// eq. 8.
template <Number Real>
Money<Real> die_nre(const System<Real>& system, std::size_t die, const area::DieOutline<Real>& outline);

// Of a module of a die type on that die's node: by the area of one, however often it is used.
template <Number Real>
Money<Real> module_nre(const System<Real>& system, std::size_t die, std::size_t module);

// Of what a die has beside its modules: one PHY with its controller for each of its links and memories; of a
// die of which only the outline is given, all of it.
template <Number Real>
Money<Real> interface_nre(const System<Real>& system, std::size_t die, const area::DieOutline<Real>& outline);

// Of what a die has beside its modules: one PHY with its controller for each of its links and memories; of a
// die of which only the outline is given, all of it.
template <Number Real>
Money<Real> interface_nre(const System<Real>& system, std::size_t die, const area::DieOutline<Real>& outline);

// Of all modules of the system; one that several dies of the same node use is designed once.
template <Number Real>
Money<Real> modules_nre(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines);

template <Number Real>
Money<Real> package_nre(const System<Real>& system, const area::PackageArea<Real>& area,
                        const Quirks& quirks);

}  // namespace marquetry::cost
