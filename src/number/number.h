// What a model may do with a number, whatever its type: double, Interval, Dual or Trace.
//
// Models are templates over the number type; besides + - * /, exp, log and sqrt (std's for double, found by
// argument for the others) they use the functions below. No `if` on a Real: `smaller`, `larger`,
// `select_less`. Literals are written 1.0, not 1.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "units/quantity.h"

namespace marquetry {

// Whether a number type keeps the names given to its values.
template <class T>
inline constexpr bool is_traced = false;

inline double smaller(double a, double b) { return std::min(a, b); }
inline double larger(double a, double b) { return std::max(a, b); }
// x where a < b, else y; over intervals the hull where both may happen.
inline double select_less(double a, double b, double x, double y) { return a < b ? x : y; }
// The least power of two that is no less; 1 for anything up to 1.
inline double power_of_two_above(double x) { return x <= 1 ? 1 : std::exp2(std::ceil(std::log2(x))); }
// 1 - exp(-x), exact where x is small.
inline double rise(double x) { return -std::expm1(-x); }
// f(arguments), which falls in every one of them: the type's way to apply a function that is written for
// doubles only.
template <std::size_t N, class F>
double falling(const std::array<double, N>& arguments, F f, std::string_view) {
  return f(arguments);
}
// A value to print or to compare with: the number itself, or the one that stands for it.
inline double representative(double x) { return x; }

// One of two values, which of them is still open: the hull over intervals; elsewhere the later one.
inline double either(double, double b) { return b; }

// Gives a result the name (and the formula its source) under which `explain` shows it. Costs nothing but in a
// Trace.
inline double named(std::string_view, double x, std::string_view = {}) { return x; }

// The text of a name, put together only where somebody will read it.
template <Number Real>
auto label(std::string_view what, std::string_view of) {
  if constexpr (is_traced<Real>) {
    return std::string{what} + std::string{of};
  } else {
    return std::string_view{};
  }
}

template <Number Real>
Real power_of(const Real& base, const Real& exponent) {
  using std::exp, std::log;
  return Real(exp(exponent * log(base)));
}

template <Number Real>
Real square(const Real& x) {
  return Real(x * x);
}

}  // namespace marquetry
