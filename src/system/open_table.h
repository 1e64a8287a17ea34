// Values that depend on a few variables, one for each combination, ready to be looked up or hulled.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "design/variable.h"
#include "number/numbers.h"

namespace marquetry {

// One influence on a value: a field that is fixed (one possibility) or left to a variable (as many as its
// domain).
struct Axis {
  std::optional<VariableId> variable{};
  std::size_t size{1};
};

// The hull of two parameter sets, field by field.
template <class T>
requires requires(T a) {
  T::each_field([](auto&) {}, a);
}
T either_of(T a, const T& b) {
  T::each_field([](auto& x, const auto& y) { x = either(x, y); }, a, b);
  return a;
}
template <Number Real>
Real either_of(const Real& a, const Real& b) {
  return either(a, b);
}
template <Dimension D, Number Real>
Quantity<D, Real> either_of(const Quantity<D, Real>& a, const Quantity<D, Real>& b) {
  return either(a, b);
}

template <class T>
class OpenTable {
 public:
  // make(indices): the value for one possibility of each axis.
  template <class Make>
  OpenTable(std::vector<Axis> axes, Make make) : axes_{std::move(axes)} {
    std::size_t count = 1;
    for (const auto& axis : axes_) count *= axis.size;
    std::vector<std::size_t> indices(axes_.size());
    values_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t rest = i;
      for (std::size_t a = axes_.size(); a-- > 0; rest /= axes_[a].size) indices[a] = rest % axes_[a].size;
      values_.push_back(make(std::span<const std::size_t>{indices}));
    }
  }

  const std::vector<T>& values() const { return values_; }
  std::vector<VariableId> variables() const {
    std::vector<VariableId> out;
    for (const auto& axis : axes_) {
      if (axis.variable) out.push_back(*axis.variable);
    }
    return out;
  }

  T at(std::span<const Range> choice) const { return at(choice, 0, 0); }

 private:
  T at(std::span<const Range> choice, std::size_t a, std::size_t index) const {
    if (a == axes_.size()) return values_[index];
    const Range range = axes_[a].variable ? choice[*axes_[a].variable] : Range{};
    T result = at(choice, a + 1, index * axes_[a].size + range.first);
    for (std::size_t i = range.first + 1; i <= range.last; ++i) {
      result = either_of(result, at(choice, a + 1, index * axes_[a].size + i));
    }
    return result;
  }

  std::vector<Axis> axes_;
  std::vector<T> values_;
};

}  // namespace marquetry
