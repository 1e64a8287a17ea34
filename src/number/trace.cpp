#include "number/trace.h"

#include <utility>

namespace marquetry {
namespace {

Trace step(Operation operation, double value, std::initializer_list<Trace> operands) {
  TraceNode node{.value = value, .operation = operation};
  for (const auto& operand : operands) node.operands.push_back(operand.node());
  return Trace{std::move(node)};
}

}  // namespace

Trace operator-(const Trace& a) { return step(Operation::negate, -a.value(), {a}); }
Trace operator+(const Trace& a, const Trace& b) {
  return step(Operation::add, a.value() + b.value(), {a, b});
}
Trace operator-(const Trace& a, const Trace& b) {
  return step(Operation::subtract, a.value() - b.value(), {a, b});
}
Trace operator*(const Trace& a, const Trace& b) {
  return step(Operation::multiply, a.value() * b.value(), {a, b});
}
Trace operator/(const Trace& a, const Trace& b) {
  return step(Operation::divide, a.value() / b.value(), {a, b});
}
Trace exp(const Trace& a) { return step(Operation::exp, std::exp(a.value()), {a}); }
Trace log(const Trace& a) { return step(Operation::log, std::log(a.value()), {a}); }
Trace sqrt(const Trace& a) { return step(Operation::sqrt, std::sqrt(a.value()), {a}); }
Trace rise(const Trace& a) { return step(Operation::rise, rise(a.value()), {a}); }
Trace smaller(const Trace& a, const Trace& b) {
  return step(Operation::smaller, smaller(a.value(), b.value()), {a, b});
}
Trace larger(const Trace& a, const Trace& b) {
  return step(Operation::larger, larger(a.value(), b.value()), {a, b});
}
Trace select_less(const Trace& a, const Trace& b, const Trace& x, const Trace& y) {
  return step(Operation::select, (a.value() < b.value() ? x : y).value(), {a, b, x, y});
}
Trace power_of_two_above(const Trace& a) {
  return step(Operation::power_of_two, power_of_two_above(a.value()), {a});
}

Trace traced_function(double value, std::string_view what, std::span<const Trace> arguments) {
  TraceNode node{.value = value, .operation = Operation::function};
  for (const auto& argument : arguments) node.operands.push_back(argument.node());
  return named(what, Trace{std::move(node)});
}

// A new node of the same step, so that the unnamed one stays what it was wherever else it is used.
Trace named(std::string_view name, const Trace& x, std::string_view source, Dimension dimension) {
  TraceNode node = *x.node();
  if (!node.name.empty()) {  // a figure that is another figure: keep both names
    node = TraceNode{.value = x.value(), .operation = Operation::function, .operands = {x.node()}};
  }
  node.name = name;
  node.source = source;
  node.dimension = dimension;
  return Trace{std::move(node)};
}

}  // namespace marquetry
