// What the routings' sources share: tables from ports, ways by half of the virtual channels.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "routing/routing.h"

namespace marquetry::routing {

// The port of each router to each router, by from * routers + to; `none` where no way leads and on the
// diagonal.
using PortTable = std::vector<std::uint32_t>;

// One way for each router and node, over all virtual channels: the port to the node's router, at that one
// the node's own.
Routing table(std::string name, const topology::Graph& graph, std::span<const std::uint32_t> ports,
              std::uint32_t vcs);

// BookSim2 takes the upper `vcs / 2` away from the first of two classes and the lower ones from the second,
// so that an odd number leaves one virtual channel to both (src/routefunc.cpp).
constexpr VcRange half(VcRange of, std::uint32_t which) {
  const std::uint32_t each = (of.last - of.first + 1) / 2;
  return which == 0 ? VcRange{of.first, of.last - each} : VcRange{of.first + each, of.last};
}

// To the node: over any virtual channel.
inline void eject(const topology::Graph& graph, const Routing& routing, std::uint32_t node, Ways& ways) {
  ways.add({graph.terminals[node].out_port, 0, routing.vcs - 1});
}

}  // namespace marquetry::routing
