// A stack over another number type, with chosen numbers as its inputs: for gradients.
#pragma once

#include <functional>

#include "stack/stack.h"

namespace marquetry::stack {

// A number of the stack: "layers.combined_5nm.defect_density", in the unit in which it is kept.
struct Input {
  std::string path{};
  double value{};
};

// All numbers but counts, in a fixed order. Those that are left to be derived are not among them.
std::vector<Input> inputs(const Stack<double>& stack);

// The same stack, resolved; `lift` makes each input, by its place in that order.
template <Number Real>
Stack<Real> lifted(const Stack<double>& stack, const std::function<Real(std::size_t, double)>& lift);

}  // namespace marquetry::stack
