// A die up to the point where it is known to be good.
#pragma once

#include "area/die_outline.h"
#include "cost/models.h"

namespace marquetry::cost {

template <Number Real>
struct DieCost {
  Real gross{};              // dies on a wafer
  Real yield{};              // P(good enough to be sold)
  Real whole{};              // P(nothing on it is broken): the same without harvesting
  Real passed{};             // P(passes wafer sort)
  Real quality{};            // P(good | passed)
  Money<Real> raw{};         // its share of the wafer
  Money<Real> sort{};        // testing one
  Money<Real> known_good{};  // of a die that passed, its share of the others and of the test included
};

// Dies of wafers that are bonded whole are not sorted: all of them go on.
template <Number Real>
DieCost<Real> die_cost(const System<Real>& system, std::size_t die, const area::DieOutline<Real>& outline,
                       const Models& models);

}  // namespace marquetry::cost
