// Links of a placed package: how long, how fast, how wide, and the paths over them.
#pragma once

#include "presets/presets.h"
#include "proxy/design.h"

namespace marquetry::proxy {

// What is one link for the models.
struct Wire {
  std::uint32_t a{}, b{};  // nodes
  double length{};
  double latency{};    // cycles on the wire, PHYs not included
  double bandwidth{};  // bits a cycle in each direction
  double power{};      // W
};

// One for each link; or one for each pair of nodes, that of the last link listed
// (rapidchiplet-last-of-parallel).
std::vector<Wire> wires(const Design& design, const Quirks& quirks);

// The next node on the way from each node to each chiplet, by node * chiplets + destination: fewest hops,
// among those the interposer's routers before chiplets, then the lowest number; never through a chiplet that
// does not relay. The destination itself where source and destination are the same; `nowhere` where no way
// leads.
inline constexpr std::uint32_t nowhere = ~std::uint32_t{0};
std::vector<std::uint32_t> lowest_next_hops(const Design& design);

}  // namespace marquetry::proxy
