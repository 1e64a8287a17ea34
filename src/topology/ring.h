// A ring through all dies, as collectives use it.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/adjacency.h"

namespace marquetry::topology {

struct Ring {
  std::vector<std::uint32_t> order{};  // routers
  std::uint32_t step{};                // links from one to the next, at most
  std::uint32_t closing{};             // links from the last to the first
};

// The first `members` routers in an order with the shortest steps that was found: a ring of neighbours, else
// a path of neighbours, else the same over two links, and so on: over three there always is one (Sekanina,
// 1960). Rotations and extensions (Posa, Discrete Math. 14, 1976) from every router, `tries` moves at each
// length.
Ring ring_through(const Adjacency& graph, std::uint32_t members, std::uint32_t tries = 4000);

}  // namespace marquetry::topology
