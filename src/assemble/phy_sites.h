// The grid of bumps of a die, and which of them lie under its PHYs.
#pragma once

#include <vector>

#include "layout/layout.h"

namespace marquetry::assemble {

using geometry::Point;

// A square grid within the rectangle, centred.
struct Grid {
  Point first{};
  geometry::Nanometre pitch{};
  std::size_t columns{}, rows{};
  std::size_t size() const { return columns * rows; }
  Point at(std::size_t i) const {
    return {first.x + static_cast<geometry::Nanometre>(i % columns) * pitch,
            first.y + static_cast<geometry::Nanometre>(i / columns) * pitch};
  }
};
Grid grid_in(const geometry::Rect& rect, geometry::Nanometre pitch);

// A point of a die as it lies before its turn, in the package.
Point in_package(const layout::Layout& layout, std::size_t die, Point within);

// A PHY on its die.
struct Slot {
  std::size_t phy{};
  geometry::Side side{};  // before the turn
  geometry::Rect rect{};
  std::vector<std::size_t> sites{};  // of the die's grid: along the edge counter-clockwise, then inwards
  std::size_t wires{};
};

struct DieGrid {
  Grid grid{};                       // before the turn
  std::vector<Slot> slots{};         // by side and place
  std::vector<std::int32_t> slot{};  // by site: whose it is, or -1
};

// With the sites under each PHY; of a bridged link those over its bridge.
DieGrid die_grid(const layout::Problem& problem, const layout::Layout& layout, std::size_t die);

// Leaves a PHY that many sites, those nearest to its edge, in their order.
void keep(DieGrid& own, Slot& slot, std::size_t wires);

}  // namespace marquetry::assemble
