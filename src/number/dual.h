// A value with its first derivatives: one pass gives the sensitivity of every figure to up to 64 inputs.
//
// Most numbers depend on few inputs, and those stand side by side. So slopes are kept in blocks of four, only
// those blocks that are not all zero, one after another; a mask says which they are. A constant has none and
// costs no more than a double. Steps (powers of two, counts) have a value and no slope.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>

#include "number/number.h"

namespace marquetry {

class Dual {
 public:
  static constexpr std::size_t most_inputs = 64;

  Dual() : Dual{0.0} {}
  Dual(double value) : value_{value} {}  // NOLINT(google-explicit-constructor): constants of a formula
  Dual(const Dual& a) : value_{a.value_}, kept_{a.kept_} { copy_blocks(a); }
  Dual& operator=(const Dual& a) {
    value_ = a.value_;
    kept_ = a.kept_;
    if (this != &a) copy_blocks(a);
    return *this;
  }
  ~Dual() = default;
  // The input of that number, with its own slope 1; of `count` together.
  static Dual input(double value, std::size_t index, [[maybe_unused]] std::size_t count = most_inputs) {
    assert(index < count && count <= most_inputs);
    Dual out{value};
    out.kept_ = 1u << index / block_size | one_block;
    out.blocks_[0] = Block{};
    out.blocks_[0].p[index % block_size / 2][index % 2] = 1;
    return out;
  }

  double value() const { return value_; }
  bool is_constant() const { return kept_ == 0; }
  double slope(std::size_t index) const {
    const std::uint32_t bit = index < most_inputs ? 1u << index / block_size : 0;
    if ((kept_ & bit) == 0) return 0;
    return blocks_[std::popcount(kept_ & (bit - 1))].p[index % block_size / 2][index % 2];
  }

  // A function of one number and of two, by value and partial derivatives there. What is without end has no
  // slope: 0 times infinity must not spoil what comes of it.
  static Dual function(double value, const Dual& a, double by_a) {
    Dual out{value};
    if (!std::isfinite(value)) return out;
    out.kept_ = a.kept_;
    const std::uint32_t count = a.kept_ / one_block;
    for (std::uint32_t i = 0; i < count; ++i) out.blocks_[i] = by_a * a.blocks_[i];
    return out;
  }
  static Dual function(double value, const Dual& a, double by_a, const Dual& b, double by_b) {
    if (b.kept_ == 0) return function(value, a, by_a);
    if (a.kept_ == 0) return function(value, b, by_b);
    if (!std::isfinite(value)) return value;
    return merged(
        value, a, b, [&](const Block& x, const Block& y) { return by_a * x + by_b * y; },
        [&](const Block& x) { return by_a * x; }, [&](const Block& y) { return by_b * y; });
  }

  friend Dual operator-(const Dual& a) { return function(-a.value_, a, -1); }
  friend Dual operator+(const Dual& a, const Dual& b) {
    const double sum = a.value_ + b.value_;
    if (b.kept_ == 0) return a.with_value(sum);
    if (a.kept_ == 0) return b.with_value(sum);
    return merged(
        sum, a, b, [](const Block& x, const Block& y) { return x + y; }, [](const Block& x) { return x; },
        [](const Block& y) { return y; });
  }
  friend Dual operator-(const Dual& a, const Dual& b) {
    const double difference = a.value_ - b.value_;
    if (b.kept_ == 0) return a.with_value(difference);
    if (a.kept_ == 0) return function(difference, b, -1);
    return merged(
        difference, a, b, [](const Block& x, const Block& y) { return x + -1.0 * y; },
        [](const Block& x) { return x; }, [](const Block& y) { return -1.0 * y; });
  }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return function(a.value_ * b.value_, a, b.value_, b, a.value_);
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const double quotient = a.value_ / b.value_;
    return function(quotient, a, 1 / b.value_, b, -quotient / b.value_);
  }

 private:
  // Two doubles: the vectors that every x86-64 and AArch64 has. Written out, since -O2 does not unroll.
  using Pair = double __attribute__((vector_size(16)));
  struct Block {
    Pair p[2];
    friend Block operator*(double k, const Block& x) { return {{k * x.p[0], k * x.p[1]}}; }
    friend Block operator+(const Block& x, const Block& y) { return {{x.p[0] + y.p[0], x.p[1] + y.p[1]}}; }
  };
  static constexpr std::size_t block_size = 4;
  static constexpr std::uint32_t one_block = 1u << most_inputs / block_size;

  Dual with_value(double value) const {
    Dual out{*this};
    out.value_ = value;
    return out;
  }
  // Of the blocks that both have, and that one has alone.
  template <class Both, class First, class Second>
  static Dual merged(double value, const Dual& a, const Dual& b, Both both, First first, Second second) {
    Dual out{value};
    const Block *x = a.blocks_, *y = b.blocks_;
    Block* to = out.blocks_;
    if (a.kept_ == b.kept_) {
      out.kept_ = a.kept_;
      const std::uint32_t count = a.kept_ / one_block;
      for (std::uint32_t i = 0; i < count; ++i) to[i] = both(x[i], y[i]);
      return out;
    }
    const std::uint32_t kept = (a.kept_ | b.kept_) % one_block;
    for (std::uint32_t left = kept; left != 0; left &= left - 1, ++to) {
      const std::uint32_t bit = left & (0 - left);
      if ((b.kept_ & bit) == 0) {
        *to = first(*x++);
      } else if ((a.kept_ & bit) == 0) {
        *to = second(*y++);
      } else {
        *to = both(*x++, *y++);
      }
    }
    out.kept_ = kept + static_cast<std::uint32_t>(to - out.blocks_) * one_block;
    return out;
  }
  void copy_blocks(const Dual& a) {
    const std::uint32_t count = a.kept_ / one_block;
    if (count == 1) {
      blocks_[0] = a.blocks_[0];  // most often; more are a call of memmove
    } else {
      for (std::uint32_t i = 0; i < count; ++i) blocks_[i] = a.blocks_[i];
    }
  }

  double value_;
  std::uint32_t kept_{};  // bit i: the slopes 4 i ... 4 i + 3; above these bits: how many blocks there are
  Block blocks_[most_inputs / block_size];
};

template <>
inline constexpr bool is_number<Dual> = true;

inline Dual exp(const Dual& x) {
  const double y = std::exp(x.value());
  return Dual::function(y, x, y);
}
inline Dual log(const Dual& x) { return Dual::function(std::log(x.value()), x, 1 / x.value()); }
inline Dual sqrt(const Dual& x) {
  const double y = std::sqrt(x.value());
  return Dual::function(y, x, y > 0 ? 0.5 / y : 0);
}
inline Dual rise(const Dual& x) { return Dual::function(rise(x.value()), x, std::exp(-x.value())); }
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
