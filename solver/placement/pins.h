// Which edge of which die each PHY module takes, and where along it: the beachfront of a layout whose dies
// stand. Sides come from a minimum-cost flow of module widths through both ends' edges at once; the order
// along an edge follows the partners, so that wires do not cross; positions are as near as they can be to
// facing, clear of corners, TSV zones, stitch lines and each other.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

// Where the beachfront does not suffice: modules that found no place, and how much edge is missing for them.
struct Shortage {
  std::size_t die{};
  std::optional<geometry::Side> side{};  // as placed; none: all edges of the die together
  std::optional<std::size_t> link{}, external{};
  geometry::Nanometre missing{};
  std::string message{};
};

struct Length {
  double total{};  // of all placed modules of a link, edge to edge, in nanometres
  geometry::Nanometre longest{};
  std::size_t modules{};  // that have a place at both ends
};

struct Pins {
  std::vector<layout::PlacedPhy> phys{};
  std::vector<Length> lengths{};  // by link
  std::size_t crossings{};        // of straight lines from module to module
  std::vector<Shortage> shortages{};
};

// Of the layout only dies, sizes and carrier are read.
Pins assign_pins(const layout::Problem& problem, const layout::Layout& layout);

// Sum over links of wires of a module times its length: the metric `phys`, in nanometres.
double phy_wire(const layout::Problem& problem, const Pins& pins);

}  // namespace marquetry::placement
