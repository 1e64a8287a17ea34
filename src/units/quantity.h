// A physical quantity: one number in coherent SI, its dimension in its type.
//
// There is no conversion factor anywhere but in units.h. To enter a value, multiply by a unit (`8 * mm`); to
// leave, divide by one (`area / mm2` is a plain number). A mixed-up dimension does not compile. The number is
// a double, or an Interval, a Dual or a Trace (number/): the models are written once for all four.
#pragma once

#include <cmath>
#include <compare>
#include <concepts>
#include <type_traits>

namespace marquetry {

// Exponents over the base units of this program. Energy stands in for mass (W = J/s); money, information and
// emitted carbon are dimensions of their own.
struct Dimension {
  int length{}, time{}, energy{}, temperature{}, current{}, money{}, information{}, carbon{};

  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;

  friend constexpr Dimension operator+(const Dimension& a, const Dimension& b) {
    return {a.length + b.length,           a.time + b.time,       a.energy + b.energy,
            a.temperature + b.temperature, a.current + b.current, a.money + b.money,
            a.information + b.information, a.carbon + b.carbon};
  }
  friend constexpr Dimension operator*(const Dimension& a, int n) {
    return {a.length * n,  a.time * n,  a.energy * n,      a.temperature * n,
            a.current * n, a.money * n, a.information * n, a.carbon * n};
  }
  friend constexpr Dimension operator/(const Dimension& a, int n) {
    return {a.length / n,  a.time / n,  a.energy / n,      a.temperature / n,
            a.current / n, a.money / n, a.information / n, a.carbon / n};
  }
};

// The number types that a quantity may hold; number/ adds its three.
template <class T>
inline constexpr bool is_number = std::is_same_v<T, double>;
template <class T>
concept Number = is_number<T>;

// What comes of two numbers together: a double joins any other type.
template <Number A, Number B>
using Joined = std::conditional_t<std::is_same_v<A, double>, B, A>;

template <Dimension D, Number Real = double>
class Quantity {
 public:
  constexpr Quantity() = default;
  // A plain quantity enters a calculation over any number type.
  template <Number Other>
  requires(std::is_same_v<Other, double> && !std::is_same_v<Real, double>) constexpr Quantity(
      const Quantity<D, Other>& plain)  // NOLINT(google-explicit-constructor): that is its use
      : value_{plain.si()} {}
  static constexpr Quantity from_si(const Real& value) { return Quantity{value}; }
  // The number is made in its place: one that is large is not copied.
  template <class F>
  static constexpr Quantity computed(F number) {
    return Quantity{number, Made{}};
  }
  constexpr const Real& si() const { return value_; }

  friend constexpr auto operator<=>(const Quantity& a,
                                    const Quantity& b) requires std::is_same_v<Real, double>
  = default;
  friend constexpr Quantity operator-(const Quantity& a) {
    return computed([&] { return Real(-a.value_); });
  }

 private:
  struct Made {};
  template <class F>
  constexpr Quantity(F& number, Made) : value_(number()) {}
  explicit constexpr Quantity(const Real& value) : value_{value} {}
  Real value_{};
};

// A quantity of no dimension is a plain number.
template <Dimension D, Number Real>
constexpr auto quantity(const Real& si) {
  if constexpr (D == Dimension{}) {
    return si;
  } else {
    return Quantity<D, Real>::from_si(si);
  }
}
template <Dimension D, Number Real, class F>
constexpr auto computed(F number) {
  if constexpr (D == Dimension{}) {
    return Real(number());
  } else {
    return Quantity<D, Real>::computed(number);
  }
}

template <Dimension D, Number A, Number B>
constexpr auto operator+(const Quantity<D, A>& a, const Quantity<D, B>& b) {
  return computed<D, Joined<A, B>>([&] { return Joined<A, B>(a.si() + b.si()); });
}
template <Dimension D, Number A, Number B>
constexpr auto operator-(const Quantity<D, A>& a, const Quantity<D, B>& b) {
  return computed<D, Joined<A, B>>([&] { return Joined<A, B>(a.si() - b.si()); });
}
template <Dimension D, Number A, Number B>
constexpr Quantity<D, A>& operator+=(Quantity<D, A>& a, const Quantity<D, B>& b) {
  return a = a + b;
}
template <Dimension D, Dimension E, Number A, Number B>
constexpr auto operator*(const Quantity<D, A>& a, const Quantity<E, B>& b) {
  return computed<D + E, Joined<A, B>>([&] { return Joined<A, B>(a.si() * b.si()); });
}
template <Dimension D, Dimension E, Number A, Number B>
constexpr auto operator/(const Quantity<D, A>& a, const Quantity<E, B>& b) {
  return computed<D + E * -1, Joined<A, B>>([&] { return Joined<A, B>(a.si() / b.si()); });
}
template <Dimension D, Number A, Number B>
constexpr auto operator*(const B& k, const Quantity<D, A>& a) {
  return computed<D, Joined<A, B>>([&] { return Joined<A, B>(k * a.si()); });
}
template <Dimension D, Number A, Number B>
constexpr auto operator*(const Quantity<D, A>& a, const B& k) {
  return computed<D, Joined<A, B>>([&] { return Joined<A, B>(a.si() * k); });
}
template <Dimension D, Number A, Number B>
constexpr auto operator/(const Quantity<D, A>& a, const B& k) {
  return computed<D, Joined<A, B>>([&] { return Joined<A, B>(a.si() / k); });
}
template <Dimension D, Number A, Number B>
constexpr auto operator/(const B& k, const Quantity<D, A>& a) {
  return computed<D * -1, Joined<A, B>>([&] { return Joined<A, B>(k / a.si()); });
}
// Whole numbers mix with plain quantities: 8 * mm.
template <Dimension D, std::integral I>
constexpr auto operator*(I k, const Quantity<D>& a) {
  return static_cast<double>(k) * a;
}
template <Dimension D, std::integral I>
constexpr auto operator/(const Quantity<D>& a, I k) {
  return a / static_cast<double>(k);
}

// The side of a square, and the like: every exponent must be even.
template <Dimension D, Number Real>
auto sqrt(const Quantity<D, Real>& a) {
  static_assert(D / 2 * 2 == D, "the square root of this quantity has no dimension here");
  using std::sqrt;
  return quantity<D / 2>(Real(sqrt(a.si())));
}

}  // namespace marquetry
