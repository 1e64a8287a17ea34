// Wires of placed modules as straight lines: where they cross, and fewer of it.
#pragma once

#include <vector>

#include "layout/layout.h"

namespace marquetry::placement {

struct Wire {
  std::size_t link{};
  std::size_t at_a{}, at_b{};  // of the list of PHYs
  geometry::Point a{}, b{};    // where it leaves its dies, in half nanometres
  geometry::Nanometre length() const { return geometry::manhattan(a, b) / 2; }
};

// Of all modules that have both ends.
std::vector<Wire> wires(const layout::Problem& problem, const std::vector<layout::PlacedPhy>& phys);

std::size_t crossings(const std::vector<Wire>& wires);

// Lets two modules of one size change places on their edge where that leaves fewer crossings and no wire
// beyond its reach; links that face or have a bridge keep their places.
void uncross(const layout::Problem& problem, std::vector<layout::PlacedPhy>& phys);

}  // namespace marquetry::placement
