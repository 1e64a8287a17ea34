// A package as rectangles: its dies with their rings as blocks of a floorplan, keep-outs as blocks that stand
// fast, stacked dies as passengers of the die they stand on; and the way back.
#pragma once

#include "floorplan/problem.h"
#include "layout/layout.h"

namespace marquetry::placement {

inline constexpr std::size_t nobody = ~std::size_t{0};

struct Blocks {
  floorplan::Problem problem{};       // without nets
  geometry::Point origin{};           // of the floorplan, on the carrier
  bool is_open{};                     // no outline: the floorplan may be moved on the carrier as a whole
  std::vector<std::size_t> of_die{};  // the block that carries it
  std::vector<std::size_t> die{};     // of each block: the one on the carrier; nobody: a keep-out
  std::vector<geometry::Size>
      margin{};  // of each block on either side of its die, unturned: the ring, or what stands over it
  std::vector<geometry::Placement> within{};  // of a stacked die, in the unturned outline of that one
};

Blocks blocks(const layout::Problem& problem);

// The nets of the problem, or its links as nets between centres.
std::vector<floorplan::Net> nets(const layout::Problem& problem, const Blocks& blocks);
std::vector<floorplan::Net> links_as_nets(const layout::Problem& problem, const Blocks& blocks);

// Where a die stands when its block does. `size` is that of the block's own die, unturned.
geometry::Placement stand(const layout::Problem& problem, const Blocks& blocks, std::size_t die,
                          const geometry::Placement& block, geometry::Size size);

// Dies, carrier and package; no PHYs yet.
layout::Layout layout_of(const layout::Problem& problem, const Blocks& blocks,
                         const floorplan::Floorplan& floorplan);
// The way there, as far as it is one: a layout's dies as a floorplan.
floorplan::Floorplan floorplan_of(const Blocks& blocks, const layout::Layout& layout);

}  // namespace marquetry::placement
