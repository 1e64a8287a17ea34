// A range of numbers: gives guaranteed ranges of results, hence admissible bounds of a partial choice.
//
// Rounds to nearest: a bound is widened by 1e-12 relative before it prunes anything (`widened`). A result is
// the hull, wide where a variable occurs twice; use `falling` where a function is known to be monotone.
#pragma once

#include <limits>

#include "number/number.h"

namespace marquetry {

struct Interval {
  double lower{}, upper{};

  constexpr Interval() = default;
  constexpr Interval(double point) : lower{point}, upper{point} {}  // NOLINT(google-explicit-constructor)
  constexpr Interval(double low, double high) : lower{low}, upper{high} {}

  friend constexpr bool operator==(const Interval&, const Interval&) = default;
  friend constexpr Interval operator-(const Interval& a) { return {-a.upper, -a.lower}; }
  friend constexpr Interval operator+(const Interval& a, const Interval& b) {
    return {a.lower + b.lower, a.upper + b.upper};
  }
  friend constexpr Interval operator-(const Interval& a, const Interval& b) {
    return {a.lower - b.upper, a.upper - b.lower};
  }
  friend constexpr Interval operator*(const Interval& a, const Interval& b) {
    // Nothing of what is without end is nothing.
    const auto times = [](double x, double y) { return x == 0 || y == 0 ? 0 : x * y; };
    if (a.lower >= 0 && b.lower >= 0)
      return {times(a.lower, b.lower), times(a.upper, b.upper)};  // nearly always
    const double p[] = {times(a.lower, b.lower), times(a.lower, b.upper), times(a.upper, b.lower),
                        times(a.upper, b.upper)};
    return {std::min({p[0], p[1], p[2], p[3]}), std::max({p[0], p[1], p[2], p[3]})};
  }
  // Quotients, never a product with 1 / b: a point must stay the very value that a double has, steps follow.
  friend constexpr Interval operator/(const Interval& a, const Interval& b) {
    if (a.lower >= 0 &&
        b.lower >= 0) {  // nearly always; then a divisor of 0 means without end, as over doubles
      const double low = a.lower / b.upper, high = a.upper / b.lower;
      return {low >= 0 ? low : 0, high >= 0 ? high : everything().upper};  // 0 / 0 may be anything
    }
    if (b.lower <= 0 && b.upper >= 0) return everything();
    const double q[] = {a.lower / b.lower, a.lower / b.upper, a.upper / b.lower, a.upper / b.upper};
    return {std::min({q[0], q[1], q[2], q[3]}), std::max({q[0], q[1], q[2], q[3]})};
  }
  static constexpr Interval everything() {
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  }
};

template <>
inline constexpr bool is_number<Interval> = true;

constexpr Interval hull(const Interval& a, const Interval& b) {
  return {std::min(a.lower, b.lower), std::max(a.upper, b.upper)};
}
constexpr bool contains(const Interval& a, double x) { return a.lower <= x && x <= a.upper; }
// Room for the rounding of a few hundred operations.
inline Interval widened(const Interval& a) {
  return {a.lower - 1e-12 * std::abs(a.lower), a.upper + 1e-12 * std::abs(a.upper)};
}

inline Interval exp(const Interval& a) { return {std::exp(a.lower), std::exp(a.upper)}; }
inline Interval log(const Interval& a) { return {std::log(a.lower), std::log(a.upper)}; }
inline Interval sqrt(const Interval& a) { return {std::sqrt(a.lower), std::sqrt(a.upper)}; }
inline Interval rise(const Interval& a) { return {rise(a.lower), rise(a.upper)}; }
inline Interval power_of_two_above(const Interval& a) {
  return {power_of_two_above(a.lower), power_of_two_above(a.upper)};
}
inline Interval smaller(const Interval& a, const Interval& b) {
  return {std::min(a.lower, b.lower), std::min(a.upper, b.upper)};
}
inline Interval larger(const Interval& a, const Interval& b) {
  return {std::max(a.lower, b.lower), std::max(a.upper, b.upper)};
}
inline Interval select_less(const Interval& a, const Interval& b, const Interval& x, const Interval& y) {
  if (a.upper < b.lower) return x;
  if (a.lower >= b.upper) return y;
  return hull(x, y);
}
template <std::size_t N, class F>
Interval falling(const std::array<Interval, N>& arguments, F f, std::string_view) {
  std::array<double, N> least{}, greatest{};
  for (std::size_t i = 0; i < N; ++i) {
    least[i] = arguments[i].lower;
    greatest[i] = arguments[i].upper;
  }
  return {f(greatest), f(least)};
}
inline Interval either(const Interval& a, const Interval& b) { return hull(a, b); }
inline double representative(const Interval& a) { return 0.5 * (a.lower + a.upper); }
inline Interval named(std::string_view, const Interval& x, std::string_view = {}) { return x; }

template <Dimension D>
Quantity<D, Interval> hull(const Quantity<D, Interval>& a, const Quantity<D, Interval>& b) {
  return Quantity<D, Interval>::from_si(hull(a.si(), b.si()));
}

}  // namespace marquetry
