// What share of the dies of a type can be sold.
#pragma once

#include "area/die_outline.h"
#include "yield/models.h"

namespace marquetry::cost {

template <Number Real>
struct DieYield {
  Real whole{};  // P(nothing is broken)
  Real sold{};   // P(enough units of the harvested module work, and all else); without one the same
};

template <Number Real>
DieYield<Real> die_yield(const Die<Real>& die, const area::DieOutline<Real>& outline,
                         const yield::Model& model);

}  // namespace marquetry::cost
