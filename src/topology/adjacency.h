// A graph as lists of neighbours: undirected, each link once for each of its ends.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/graph.h"

namespace marquetry::topology {

struct Neighbour {
  std::uint32_t router{}, links{};  // how many links lead there
};
using Adjacency = std::vector<std::vector<Neighbour>>;

// Neighbours rise. A channel without its other direction counts as a link.
Adjacency adjacency(const Graph& graph);

// Links of each router to each other one on the shortest way; `none` where there is none.
std::vector<std::uint32_t> hops(const Adjacency& graph, std::uint32_t from);

}  // namespace marquetry::topology
