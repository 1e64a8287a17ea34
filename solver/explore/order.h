// In which order the variables of a design are chosen, and what becomes known with each.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::explore {

// One level of the search tree: its variable, the values that follow from it and those above, and the die
// types whose figures are then settled.
struct Level {
  VariableId variable{};
  std::size_t size{};
  std::vector<const Setter<double>*> setters{};
  std::vector<std::size_t> dies{};
};

struct Order {
  std::vector<Level> levels{};
  std::vector<std::size_t> fixed_dies{};                 // settled before any choice
  std::vector<std::vector<VariableId>> die_variables{};  // by die type
  std::vector<std::size_t> settled_at{};                 // by die type: its level; 0 too for a fixed one
};

// Variables that shape dies come first, die type by die type, so that a die that cannot be made ends its
// branch early and its figures serve all choices below.
Order order_of(const Prepared& prepared);

}  // namespace marquetry::explore
