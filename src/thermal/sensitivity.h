// What would cool the hottest spot most: the gradient by name, in the units that a reader turns knobs in.
#pragma once

#include "thermal/adjoint.h"

namespace marquetry::thermal {

// Blocks that stand on one another, or whose names say that they are parts of one die ("die", "die/layer"),
// move as one.
struct Move {
  std::string name{};
  std::size_t block{};  // the first of its blocks that heats, counted through all layers
  double x{}, y{};      // K per mm to the right, and upwards
};

struct Entry {
  std::string name{};
  double slope{};
  std::size_t block{};  // where it is one: counted through all layers
};

// Each list by size, the largest first; by name where sizes are equal. A negative slope cools.
struct Sensitivities {
  std::vector<Entry> powers{};          // K/W, of every block with power
  std::vector<Move> moves{};            // of every die or block that heats and does not fill the footprint
  std::vector<Entry> conductivities{};  // K per % of all that a layer is made of, along and across
  std::vector<Entry> others{};          // K per %: thicknesses, contacts, films
  double ambient{};                     // K/K
  double figure{}, peak{};  // K: the smooth peak, of which these are the slopes, and the hottest cell
};

Sensitivities sensitivities(const Stack& stack, const Gradient& gradient);

}  // namespace marquetry::thermal
