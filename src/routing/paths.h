// Shortest paths from every router, as BookSim2 finds them on arbitrary graphs.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/graph.h"

namespace marquetry::routing {

// By source * routers + destination.
struct Paths {
  std::vector<std::uint32_t> first{};     // channel that the source takes; `none`: itself, or no way
  std::vector<std::uint32_t> distance{};  // cycles on the wires; `none`: no way
  std::vector<std::uint32_t> order{};     // of the source: routers by distance, lowest first among equals
};

// One Dijkstra a source by the channels' latencies: among equal distances the router with the lowest number
// is done first, and a path is replaced by a shorter one only. So the last router before a destination is the
// one nearest to the source, the lowest among those (booksim/booksim2, src/networks/anynet.cpp).
Paths shortest_paths(const topology::Graph& graph);

}  // namespace marquetry::routing
