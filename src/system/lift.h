// How a number of the library or of a design becomes a number of the models' type.
//   double    the typical value
//   Interval  the typical value, or its whole range where the uncertainty is asked for
//   Dual      the typical value; system/inputs.h gives slopes to those asked for
//   Trace     the typical value with its name, source and range
#pragma once

#include <string>

#include "config/sourced.h"
#include "number/numbers.h"

namespace marquetry {

template <Number Real>
struct Lifting;

template <>
struct Lifting<double> {
  template <Dimension D>
  double number(const Sourced<D>& s) const {
    return s.typ;
  }
  double given(double value, std::string_view, Dimension) const { return value; }
};

template <>
struct Lifting<Interval> {
  bool uncertain{};
  template <Dimension D>
  Interval number(const Sourced<D>& s) const {
    return uncertain ? Interval{s.low, s.high} : Interval{s.typ};
  }
  Interval given(double value, std::string_view, Dimension) const { return value; }
};

template <>
struct Lifting<Dual> {
  template <Dimension D>
  Dual number(const Sourced<D>& s) const {
    return s.typ;
  }
  Dual given(double value, std::string_view, Dimension) const { return value; }
};

template <>
struct Lifting<Trace> {
  template <Dimension D>
  Trace number(const Sourced<D>& s) const {
    if (s.origin.source.empty()) return Trace{s.typ};  // the row leaves it out
    const bool exact = s.low == s.typ && s.typ == s.high;
    return Trace{TraceNode{.value = s.typ,
                           .name = s.origin.name,
                           .source = s.origin.source,
                           .dimension = D,
                           .low = exact ? 0 : s.low,
                           .high = exact ? 0 : s.high,
                           .estimate = s.origin.estimate,
                           .category = s.origin.category,
                           .group = s.origin.group,
                           .distribution = s.origin.distribution}};
  }
  Trace given(double value, std::string_view name, Dimension d) const {
    return Trace{
        TraceNode{.value = value, .name = std::string{name}, .source = "the design", .dimension = d}};
  }
};

template <Number Real, Dimension D>
auto lift(const Lifting<Real>& lifting, const Sourced<D>& s) {
  return quantity<D>(lifting.number(s));
}

// What is unknown here is needed by nobody (plans refuse rows that lack what cost needs).
template <Number Real, Dimension D>
auto lift(const Lifting<Real>& lifting, const MaybeSourced<D>& s) {
  return s.known ? lift(lifting, static_cast<const Sourced<D>&>(s)) : quantity<D>(Real{0.0});
}

// 1 where it is so, else 0: a formula takes it as a weight.
template <Number Real>
Real lift(const Lifting<Real>&, bool is_so) {
  return Real{is_so ? 1.0 : 0.0};
}

template <Dimension D, Number Real>
auto lift_given(const Lifting<Real>& lifting, double si, std::string_view name) {
  return quantity<D>(lifting.given(si, name, D));
}

}  // namespace marquetry
