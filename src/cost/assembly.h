// From known good dies to a shipped package: what is put together, what is lost on the way, what is shipped.
#pragma once

#include <span>
#include <vector>

#include "area/package_area.h"
#include "cost/die.h"

namespace marquetry::cost {

// All money per shipped unit. The items add up to `recurring`, and with NRE to `unit`.
template <Number Real>
struct UnitCost {
  std::vector<Money<Real>> dies{};      // by die type: known good dies
  std::vector<Money<Real>> memories{};  // by memory
  Money<Real> carrier{}, substrate{}, assembly{}, test{};
  Money<Real> scrap{};  // what packages that fail the final test have swallowed
  Money<Real> recurring{};
  Money<Real> nre_total{};  // of the whole programme
  Money<Real> nre{};
  Money<Real> unit{};           // recurring + NRE
  Money<Real> per_good_unit{};  // escapes paid for; NRE included
  Real carriers{};              // started for one package
  Real assembly_yield{};        // P(good package | good parts)
  Real shipped{};               // shipped / started
  Real quality{};               // P(good | shipped)
};

template <Number Real>
void unit_cost(const System<Real>& system, std::span<const DieCost<Real>> dies,
               const area::PackageArea<Real>& area, const yield::Model& model, UnitCost<Real>& out);

}  // namespace marquetry::cost
