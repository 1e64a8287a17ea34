// All number types at once, for the .cpp files that instantiate a model. The list of types stands here alone.
#pragma once

#include "number/dual.h"
#include "number/interval.h"
#include "number/number.h"
#include "number/trace.h"

#define MARQUETRY_FOR_EACH_NUMBER(instantiate) \
  instantiate(double) instantiate(Interval) instantiate(Dual) instantiate(Trace)

namespace marquetry {

// The same for quantities.
template <Dimension D, Number A, Number B>
auto smaller(const Quantity<D, A>& a, const Quantity<D, B>& b) {
  using Real = Joined<A, B>;
  return Quantity<D, Real>::from_si(smaller(Real(a.si()), Real(b.si())));
}
template <Dimension D, Number A, Number B>
auto larger(const Quantity<D, A>& a, const Quantity<D, B>& b) {
  using Real = Joined<A, B>;
  return Quantity<D, Real>::from_si(larger(Real(a.si()), Real(b.si())));
}

// Whether a < b, for some of the values where they are intervals.
template <Number Real>
bool may_be_less(const Real& a, const Real& b) {
  if constexpr (std::is_same_v<Real, Interval>) {
    return a.lower < b.upper;
  } else {
    return representative(a) < representative(b);
  }
}

// Whether a < b for all of them.
template <Number Real>
bool must_be_less(const Real& a, const Real& b) {
  if constexpr (std::is_same_v<Real, Interval>) {
    return a.upper < b.lower;
  } else {
    return representative(a) < representative(b);
  }
}

template <Dimension D, Number Real>
Quantity<D, Real> either(const Quantity<D, Real>& a, const Quantity<D, Real>& b) {
  return Quantity<D, Real>::from_si(either(a.si(), b.si()));
}

// Gives a quantity its name in a Trace; nothing in any other number type.
template <Dimension D, Number Real>
Quantity<D, Real> named(std::string_view name, const Quantity<D, Real>& x, std::string_view source = {}) {
  if constexpr (std::is_same_v<Real, Trace>) {
    return Quantity<D, Real>::from_si(named(name, x.si(), source, D));
  } else {
    return x;
  }
}

}  // namespace marquetry
