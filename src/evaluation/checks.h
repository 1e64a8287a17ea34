// What physics and the fab demand of every system, whatever its profile: nothing here can be lifted by a
// wish. One table; adding a rule is adding its row.
#pragma once

#include <span>

#include "evaluation/figures.h"
#include "topology/design.h"

namespace marquetry {

// Kept where value <= limit. Both in coherent SI.
template <Number Real>
struct Margin {
  Real value{}, limit{};
};

template <Number Real>
using MarginOf = Margin<Real> (*)(const System<Real>&, const Evaluation<Real>&, std::size_t index);

struct Check {
  std::string_view path;  // as violations name it; "{}" stands for the id, by scope
  std::string_view unit;
  double unit_si{1}, zero_si{};
  Scope scope{};
  std::string_view what;  // the value in words
  std::string_view hint;
  MarginOf<double> value{};
  MarginOf<Interval> interval{};

  // Only values and bounds are ever checked.
  template <Number Real>
  constexpr MarginOf<Real> get() const {
    if constexpr (std::is_same_v<Real, double>) return value;
    if constexpr (std::is_same_v<Real, Interval>) return interval;
  }
};

// Rules on single dies come first: they need no more than the die's own figures.
std::span<const Check> checks();
inline constexpr std::size_t die_checks = 7;

// Whether a margin is kept; room for rounding.
inline bool keeps(const Margin<double>& m) { return m.value <= m.limit * (1 + 1e-9); }

}  // namespace marquetry
