// What the blocks of each small subset cost among themselves, wherever the others are: rows that lift the
// bound of a problem in which nothing is decided yet.
#pragma once

#include "floorplan/exact_wire.h"

namespace marquetry::floorplan::exact {

struct Cuts {
  std::vector<Cut> cuts{};
  std::uint64_t steps{};
};

// Of all subsets of three to `largest` blocks that wires hold together. Those of which the search ends
// early have the bound that it came to.
Cuts cuts_of(const Problem& problem, std::size_t largest, const Limits& limits);

}  // namespace marquetry::floorplan::exact
