#include "topology/adjacency.h"

#include <algorithm>
#include <map>
#include <utility>

namespace marquetry::topology {

Adjacency adjacency(const Graph& graph) {
  // Of the channels from a to b and from b to a: as many links as the greater of the two numbers.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const auto& c : graph.channels) {
    auto& both = pairs[std::minmax(c.from, c.to)];
    ++(c.from < c.to ? both.first : both.second);
  }
  Adjacency list(graph.routers);
  for (const auto& [ends, both] : pairs) {
    const std::uint32_t links = std::max(both.first, both.second);
    list[ends.first].push_back({ends.second, links});
    list[ends.second].push_back({ends.first, links});
  }
  for (auto& n : list) std::ranges::sort(n, {}, &Neighbour::router);
  return list;
}

std::vector<std::uint32_t> hops(const Adjacency& graph, std::uint32_t from) {
  std::vector<std::uint32_t> away(graph.size(), none), open{from};
  away[from] = 0;
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (const auto& n : graph[open[i]]) {
      if (away[n.router] != none) continue;
      away[n.router] = away[open[i]] + 1;
      open.push_back(n.router);
    }
  }
  return away;
}

}  // namespace marquetry::topology
