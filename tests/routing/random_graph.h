// Graphs at random that hang together: a ring and links across.
#pragma once

#include "base/rng.h"
#include "topology/graph.h"

namespace marquetry::test {

inline topology::Graph ring(std::uint32_t routers) {
  topology::Graph graph{.name = "ring", .routers = routers};
  for (std::uint32_t r = 0; r < routers; ++r) topology::add_terminal(graph, r);
  for (std::uint32_t r = 0; r < routers; ++r) topology::add_link(graph, r, (r + 1) % routers);
  return graph;
}

// Latencies from 1 to `longest`; router 0 has two nodes.
inline topology::Graph random_graph(std::uint64_t seed, std::uint32_t routers, std::uint32_t links,
                                    std::uint32_t longest = 3) {
  Rng rng{seed};
  auto graph = ring(routers);
  graph.name = "random";
  topology::add_terminal(graph, 0);
  for (std::uint32_t i = 0; i < links; ++i) {
    const auto a = static_cast<std::uint32_t>(rng.below(routers)),
               b = static_cast<std::uint32_t>(rng.below(routers));
    if (a != b) topology::add_link(graph, a, b);
  }
  for (std::size_t c = 0; c < graph.channels.size(); c += 2)
    graph.channels[c].latency = graph.channels[c + 1].latency =
        static_cast<std::uint32_t>(1 + rng.below(longest));
  return graph;
}

}  // namespace marquetry::test
