// Small networks for the tests, made link by link.
#pragma once

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "topology/graph.h"
#include "traffic/traffic.h"

namespace marquetry::test {

inline topology::Graph with_nodes(topology::Graph graph) {
  for (std::uint32_t r = 0; r < graph.routers; ++r) topology::add_terminal(graph, r);
  return graph;
}

inline topology::Graph grid(std::uint32_t k) {
  topology::Graph graph;
  graph.routers = k * k;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    if (r % k + 1 < k) topology::add_link(graph, r, r + 1);
    if (r + k < graph.routers) topology::add_link(graph, r, r + k);
  }
  return with_nodes(std::move(graph));
}

inline topology::Graph ring(std::uint32_t routers) {
  topology::Graph graph;
  graph.routers = routers;
  for (std::uint32_t r = 0; r < routers; ++r) topology::add_link(graph, r, (r + 1) % routers);
  return with_nodes(std::move(graph));
}

// A tree with some links more, of several latencies and widths; now and then two nodes at a router.
inline topology::Graph random_network(std::uint32_t routers, std::uint32_t more, std::uint64_t seed) {
  Rng random{seed};
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random.below(n)); };
  topology::Graph graph;
  graph.routers = routers;
  const auto link = [&](std::uint32_t a, std::uint32_t b) {
    topology::add_link(graph, a, b, 1 + below(4), below(3) == 0 ? 0.5 : 1);
  };
  for (std::uint32_t r = 1; r < routers; ++r) link(r, below(r));
  for (std::uint32_t i = 0; i < more; ++i) {
    const auto a = below(routers), b = below(routers);
    if (a != b) link(a, b);
  }
  graph = with_nodes(std::move(graph));
  if (below(2) == 0) topology::add_terminal(graph, below(routers));
  return graph;
}

inline std::vector<double> random_matrix(std::size_t nodes, std::uint64_t seed) {
  Rng random{seed};
  std::vector<double> out(nodes * nodes);
  for (auto& t : out) t = random.below(3) == 0 ? 0 : random.uniform();
  return out;
}

inline std::vector<double> uniform(const topology::Graph& graph, bool includes_self = true) {
  traffic::Traffic traffic;
  traffic.nodes = static_cast<std::uint32_t>(graph.terminals.size());
  traffic.includes_self = includes_self;
  return traffic::matrix(traffic);
}

}  // namespace marquetry::test
