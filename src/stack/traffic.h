// What the nets put on each chip: circuits of links, signals by their reach, power of the links.
#pragma once

#include "stack/evaluate.h"

namespace marquetry::stack {

// Fills io_area, io_power, signal_pads of every chip, the signals by reach, and `bonds` with the signals that
// leave each chip's stack from those that stand on it.
template <Number Real>
void carry_nets(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace);

}  // namespace marquetry::stack
