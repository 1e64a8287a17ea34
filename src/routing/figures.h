// Shortest paths, mean latency and bound on throughput of a network in one go, without making a table: for
// searches that look at very many. The same as of the row "shortest".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/load.h"
#include "routing/paths.h"

namespace marquetry::routing {

struct Figures {
  double mean_cycles{};         // without load, over the traffic
  std::uint32_t most_cycles{};  // over pairs that send
  Bound bound{};
  bool connected{true};  // else the pairs without a way are left out
};

// Keeps its memory from one network to the next.
struct Workspace {
  std::vector<double> loads{};  // by channel, for the caller to read
  // The rest is its own.
  PathSearch search{};
  std::vector<std::uint32_t> first{}, distance{}, order{};  // by source * routers
  std::vector<std::uint32_t> reached{}, cycles{}, path{};
  std::vector<std::uint32_t> by_router{}, nodes{};
  std::vector<double> flow{};
};

Figures figures(const topology::Graph& graph, std::span<const double> matrix, const Router& router,
                std::uint32_t packet_flits, Workspace& workspace);

}  // namespace marquetry::routing
