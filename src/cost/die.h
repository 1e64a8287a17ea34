// A die up to the point where it is known to be good, and what it costs to design it.
#pragma once

#include "area/die_outline.h"
#include "yield/models.h"

namespace marquetry::cost {

template <Number Real>
struct DieCost {
  Real gross{};              // dies on a wafer
  Real yield{};              // P(good)
  Real passed{};             // P(passes wafer sort)
  Real quality{};            // P(good | passed)
  Money<Real> known_good{};  // of a die that passed, its share of the others and of the test included
  Money<Real> nre{};         // of the die type
};

template <Number Real>
DieCost<Real> die_cost(const Die<Real>& die, const area::DieOutline<Real>& outline,
                       const System<Real>& system, const yield::Model& model);

}  // namespace marquetry::cost
