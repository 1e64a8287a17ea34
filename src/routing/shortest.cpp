// Shortest paths with three rules for ties.
#include <algorithm>

#include "routing/paths.h"
#include "routing/rows.h"
#include "routing/tables.h"
#include "routing/turns.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

// By hops, backwards from each destination.
std::vector<std::uint32_t> hops_to(const Graph& graph, const std::vector<std::vector<std::uint32_t>>& before,
                                   std::uint32_t to) {
  std::vector<std::uint32_t> out(graph.routers, none), reached{to};
  out[to] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const auto from : before[reached[i]]) {
      if (out[from] != none) continue;
      out[from] = out[reached[i]] + 1;
      reached.push_back(from);
    }
  }
  return out;
}

}  // namespace

Made shortest(const Graph& graph, std::uint32_t vcs, std::string&) {
  auto first = shortest_paths(graph).first;
  for (auto& channel : first)
    if (channel != none) channel = graph.channels[channel].out_port;
  return table("shortest", graph, first, vcs);
}

// The fewest links, the lowest router next: RapidChiplet's "splif" tables (spcl/rapidchiplet).
Made shortest_lowest_id(const Graph& graph, std::uint32_t vcs, std::string&) {
  const std::size_t n = graph.routers;
  std::vector<std::vector<std::uint32_t>> before(n);
  for (const auto& c : graph.channels) before[c.to].push_back(c.from);
  PortTable ports(n * n, none), next(n * n, none);
  for (std::uint32_t to = 0; to < n; ++to) {
    const auto hops = hops_to(graph, before, to);
    for (const auto& c : graph.channels) {
      const auto at = c.from * n + to;
      if (hops[c.to] == none || hops[c.from] != hops[c.to] + 1) continue;
      if (std::pair{c.to, c.out_port} >= std::pair{next[at], ports[at]}) continue;
      next[at] = c.to;
      ports[at] = c.out_port;
    }
  }
  return table("shortest-lowest-id", graph, ports, vcs);
}

Made shortest_balanced(const Graph& graph, std::uint32_t vcs, std::string&) {
  return shortest_tables("shortest-balanced", graph, onward(graph), vcs, 4).routing;
}

}  // namespace marquetry::routing
