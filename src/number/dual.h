// A value with its first derivatives: one pass gives the sensitivity of every figure to up to 64 inputs.
// The differentiation is Eigen's; this type only settles each step at once, so that a formula reads the same
// over all number types. Steps (powers of two, counts) have a value and no slope.
#pragma once

#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

#include "number/number.h"

namespace marquetry {

class Dual {
 public:
  using Slopes = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 64, 1>;
  using Scalar = Eigen::AutoDiffScalar<Slopes>;

  Dual() : scalar_{0.0} {}
  Dual(double value) : scalar_{value} {}  // NOLINT(google-explicit-constructor): constants of a formula
  explicit Dual(const Scalar& scalar) : scalar_{scalar} {}
  // The input number `index` of `count`, with its own slope 1.
  static Dual input(double value, std::size_t index, std::size_t count) {
    return Dual{
        Scalar{value, Slopes::Unit(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(index))}};
  }

  double value() const { return scalar_.value(); }
  double slope(std::size_t index) const {
    const auto i = static_cast<Eigen::Index>(index);
    return i < scalar_.derivatives().size() ? scalar_.derivatives()[i] : 0;
  }
  const Scalar& scalar() const { return scalar_; }

  friend Dual operator-(const Dual& a) { return Dual{Scalar{-a.scalar_}}; }
  friend Dual operator+(const Dual& a, const Dual& b) { return Dual{Scalar{a.scalar_ + b.scalar_}}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return Dual{Scalar{a.scalar_ - b.scalar_}}; }
  friend Dual operator*(const Dual& a, const Dual& b) { return Dual{Scalar{a.scalar_ * b.scalar_}}; }
  friend Dual operator/(const Dual& a, const Dual& b) { return Dual{Scalar{a.scalar_ / b.scalar_}}; }

 private:
  Scalar scalar_;
};

template <>
inline constexpr bool is_number<Dual> = true;

inline Dual exp(const Dual& x) { return Dual{Dual::Scalar{Eigen::exp(x.scalar())}}; }
inline Dual log(const Dual& x) { return Dual{Dual::Scalar{Eigen::log(x.scalar())}}; }
inline Dual sqrt(const Dual& x) { return Dual{Dual::Scalar{Eigen::sqrt(x.scalar())}}; }
inline Dual rise(const Dual& x) {
  return Dual{Dual::Scalar{rise(x.value()), Dual::Slopes{x.scalar().derivatives() * std::exp(-x.value())}}};
}
inline Dual smaller(const Dual& a, const Dual& b) { return a.value() <= b.value() ? a : b; }
inline Dual larger(const Dual& a, const Dual& b) { return a.value() >= b.value() ? a : b; }
inline Dual select_less(const Dual& a, const Dual& b, const Dual& x, const Dual& y) {
  return a.value() < b.value() ? x : y;
}
inline Dual power_of_two_above(const Dual& x) { return power_of_two_above(x.value()); }
template <std::size_t N, class F>
Dual falling(const std::array<Dual, N>& arguments, F f, std::string_view) {
  std::array<double, N> values{};
  for (std::size_t i = 0; i < N; ++i) values[i] = arguments[i].value();
  return f(values);
}
inline Dual either(const Dual&, const Dual& b) { return b; }
inline double representative(const Dual& x) { return x.value(); }
inline Dual named(std::string_view, const Dual& x, std::string_view = {}) { return x; }

}  // namespace marquetry
