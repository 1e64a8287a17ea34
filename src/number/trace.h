// A number that remembers how it came about: operations, operands, names, units and sources. `explain` prints
// it, so that no formula is ever written a second time as text.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "number/number.h"

namespace marquetry {

enum class Operation {
  leaf,  // a library number, a choice, or a constant of a formula (then it has no name)
  add,
  subtract,
  multiply,
  divide,
  negate,
  exp,
  log,
  sqrt,
  rise,     // 1 - exp(-x)
  smaller,  // min(a, b)
  larger,   // max(a, b)
  select,   // x where a < b, else y: operands a, b, x, y
  power_of_two,
  function,  // of a name: a count
};

struct TraceNode {
  double value{};
  Operation operation{};
  std::vector<std::shared_ptr<const TraceNode>> operands{};
  std::string name{};     // empty: an inner step, shown only inside its formula
  std::string source{};   // of the number, or of the formula
  Dimension dimension{};  // known where there is a name
  double low{}, high{};   // of a leaf that is uncertain; both 0 where it is not
  bool estimate{};        // no public source confirms the number
  // Of a leaf that is a number of the library: its category, correlation group and distribution.
  std::string_view category{};
  std::string group{}, distribution{};
};

class Trace {
 public:
  Trace() : Trace{0.0} {}
  Trace(double constant)  // NOLINT(google-explicit-constructor): constants of a formula
      : node_{std::make_shared<TraceNode>(TraceNode{.value = constant})} {}
  explicit Trace(TraceNode node) : node_{std::make_shared<TraceNode>(std::move(node))} {}

  double value() const { return node_->value; }
  const std::shared_ptr<const TraceNode>& node() const { return node_; }

 private:
  std::shared_ptr<const TraceNode> node_;
};

template <>
inline constexpr bool is_number<Trace> = true;
template <>
inline constexpr bool is_traced<Trace> = true;

Trace operator-(const Trace& a);
Trace operator+(const Trace& a, const Trace& b);
Trace operator-(const Trace& a, const Trace& b);
Trace operator*(const Trace& a, const Trace& b);
Trace operator/(const Trace& a, const Trace& b);
Trace exp(const Trace& a);
Trace log(const Trace& a);
Trace sqrt(const Trace& a);
Trace rise(const Trace& a);
Trace smaller(const Trace& a, const Trace& b);
Trace larger(const Trace& a, const Trace& b);
Trace select_less(const Trace& a, const Trace& b, const Trace& x, const Trace& y);
Trace power_of_two_above(const Trace& a);
Trace traced_function(double value, std::string_view what, std::span<const Trace> arguments);
template <std::size_t N, class F>
Trace falling(const std::array<Trace, N>& arguments, F f, std::string_view what) {
  std::array<double, N> values{};
  for (std::size_t i = 0; i < N; ++i) values[i] = arguments[i].value();
  return traced_function(f(values), what, arguments);
}
inline Trace either(const Trace&, const Trace& b) { return b; }
inline double representative(const Trace& a) { return a.value(); }

Trace named(std::string_view name, const Trace& x, std::string_view source = {}, Dimension dimension = {});

}  // namespace marquetry
