// What a graph is like: how far, how wide, and what it hangs on.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "topology/bisection.h"
#include "topology/graph.h"
#include "topology/ring.h"

namespace marquetry::topology {

struct Figures {
  std::uint32_t routers{}, nodes{}, links{};
  std::uint32_t degree{};    // most links of one router
  std::uint32_t diameter{};  // links on the longest shortest way between two nodes
  double mean_hops{};        // links on the shortest ways, mean over all pairs of different nodes
  Bisection bisection{};
  std::optional<double> span{};  // pitches that the longest link passes over; none without places
  Ring ring{};                   // through the routers that have nodes; empty where they are not the first
  std::vector<std::uint32_t> cuts{};     // routers without which it falls apart, rising
  std::vector<std::uint32_t> bridges{};  // links without which it does, by number, rising
  std::uint32_t connectivity{};          // the fewest links without which it does
};

// Routers of a graph that has figures, at most: their time grows with the cube.
inline constexpr std::uint32_t most_figured = 1024;

// Of a graph without faults.
std::optional<Figures> figures(const Graph& graph, const BisectionEffort& effort = {});

// Pitches that a link passes over: none between dies that stand side by side or, like bricks, share half an
// edge; else the pitches along both axes, less the one that joins neighbours.
double passed(Point a, Point b);

}  // namespace marquetry::topology
