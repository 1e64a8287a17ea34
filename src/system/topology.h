// The graphs that dies are connected by, as far as the analytic rung needs them: figures by the number of
// dies. Mesh and star routes (dimension order; up to the hub and down) cannot deadlock, nor can single-hop
// ones.
#pragma once

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace marquetry::topology {

// Dies of one type in a network, at most.
inline constexpr std::size_t most_dies = 64;

struct GraphFigures {
  double degree{};  // most links of one die
  double cut{};     // links across the narrowest halving
  double hops{};    // links on the longest shortest path
  double span{};    // die pitches that the longest link passes over, on a near-square arrangement
  double links{};   // of the whole graph
  // A ring through all dies, as collectives use it: links of a die that it can use at once, and links from
  // one die of the ring to the next.
  double ring_links{};
  double ring_hops{1};
};

// Links between dies by number; of a star, to the hub, which has the number `dies`.
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

struct Topology {
  std::string_view name, summary;
  GraphFigures (*figures)(std::size_t dies);
  Edges (*edges)(std::size_t dies);
};

GraphFigures all_pairs(std::size_t dies);
GraphFigures mesh(std::size_t dies);
GraphFigures star(std::size_t dies);  // dies around a hub of another type
Edges all_pairs_edges(std::size_t dies);
Edges mesh_edges(std::size_t dies);
Edges star_edges(std::size_t dies);

inline constexpr std::array topologies{
    Topology{"all", "every pair of dies", all_pairs, all_pairs_edges},
    Topology{"mesh", "nearest neighbours, as near to a square as can be", mesh, mesh_edges},
    Topology{"star", "every die to the hub", star, star_edges},
};

constexpr const Topology* find(std::string_view name) {
  for (const auto& topology : topologies) {
    if (topology.name == name) return &topology;
  }
  return nullptr;
}

}  // namespace marquetry::topology
