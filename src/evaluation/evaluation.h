// The analytic rung: a System goes in, all its figures come out. Pure: same system and models, same
// evaluation, in any thread. Written once for every number type: over intervals it bounds all completions of
// a partial choice, with duals it gives sensitivities, with traces the derivation of each figure.
#pragma once

#include "carbon/carbon.h"
#include "cost/models.h"
#include "performance/roofline.h"
#include "supply/classification.h"
#include "thermal/lumped.h"

namespace marquetry {

// All that can be said of one die type without the rest of the package; what a search keeps in tables.
template <Number Real>
struct DieFigures {
  area::DieOutline<Real> outline{};
  cost::DieCost<Real> cost{};
  power::DiePower<Real> power{};
  performance::Peaks<Real> peaks{};
  performance::DieSram<Real> sram{};
  carbon::DieCarbon<Real> carbon{};
};

// One field a model, in the order in which they are computed. Figures of die types stand side by side, by die
// type.
template <Number Real>
struct Evaluation {
  std::vector<area::DieOutline<Real>> outlines{};
  std::vector<cost::DieCost<Real>> die_costs{};
  std::vector<power::DiePower<Real>> die_powers{};
  std::vector<performance::Peaks<Real>> die_peaks{};
  std::vector<performance::DieSram<Real>> die_sram{};
  std::vector<power::DiePower<Real>> uncapped_powers{};    // these two: before the package's cap,
  std::vector<performance::Peaks<Real>> uncapped_peaks{};  // where it has one
  std::vector<carbon::DieCarbon<Real>> die_carbon{};

  area::PackageArea<Real> area{};
  OpenLaminate<Real> laminate{};  // for evaluation/warpage.h, where it is asked for
  cost::UnitCost<Real> cost{};
  network::NetworkFigures<Real> network{};
  power::PackagePower<Real> power{};
  thermal::ThermalFigures<Real> thermal{};
  performance::Machine<Real> machine{};
  std::vector<performance::Performance<Real>> performance{};  // by workload
  Real throughput{};  // least share, over the workloads, of the rate that they would have with free networks
  carbon::CarbonFigures<Real> carbon{};
  supply::SupplyFigures<Real> supply{};
};

template <Number Real>
DieFigures<Real> die_figures(const System<Real>& system, std::size_t die, const Models& models);

template <Number Real>
void put(Evaluation<Real>& evaluation, std::size_t die, const DieFigures<Real>& figures);

// The rest, once every die type has its figures. Writes into an evaluation that the caller owns, so that a
// search allocates nothing.
template <Number Real>
void package_figures(const System<Real>& system, const Models& models, Evaluation<Real>& evaluation);

// Power of the package, from that of its dies: within its cap, where it has one.
template <Number Real>
void capped_power(const System<Real>& system, Evaluation<Real>& evaluation);

// Of them, what follows once areas, networks, power and temperatures are there.
template <Number Real>
void package_sums(const System<Real>& system, const Models& models, Evaluation<Real>& evaluation);

template <Number Real>
Evaluation<Real> evaluate(const System<Real>& system, const Models& models);

}  // namespace marquetry
