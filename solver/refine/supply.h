// The supply nets of a placed package: which metal lies where, how many bumps each die has for it, what it
// draws.
#pragma once

#include "delivery/deliver.h"
#include "evaluation/physical.h"
#include "placement/package_problem.h"
#include "power/power_map.h"

namespace marquetry::refine {

// powers: what the dies draw, at which voltage. By an estimate the metal of the layers below the dies is
// split between nets, and their joints too, in proportion to their currents. One net for each voltage; with
// regulators in the package one more that feeds them, the last.
delivery::Case supply_case(const Prepared& prepared, const Choice& choice, const System<double>& system,
                           const Evaluation<double>& powers, const placement::PackageProblem& package,
                           const layout::Layout& layout, const Delivery& row, std::size_t cells);

// W of its metal that are lost within the package: not in the board, nor in the regulators' leads.
double lost_in_package(const delivery::Report& report);

// The same by the usual row, solved; nothing where the library has no metal for it, or nothing draws current.
std::optional<Delivered> delivered(const Prepared& prepared, const Choice& choice,
                                   const System<double>& system, const Evaluation<double>& powers,
                                   const placement::PackageProblem& package, const layout::Layout& layout);

}  // namespace marquetry::refine
