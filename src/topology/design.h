// Topologies as designs name them: so many dies of one type, perhaps around a hub, and the figures of their
// graph that the analytic rung needs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "topology/generators.h"

namespace marquetry::topology {

// Dies of one type in a network, at most.
inline constexpr std::size_t most_dies = 64;

struct GraphFigures {
  double degree{};  // most links of one die
  double cut{};     // links across the narrowest halving: exact, or no more than it has (bisection.h)
  double hops{};    // links on the longest shortest path
  double span{};    // die pitches that the longest link passes over, where the generator places the dies
  double links{};   // of the whole graph
  // A ring through all dies, as collectives use it: links of a die that it can use at once, and links from
  // one die of the ring to the next. A path of neighbours is a ring, back over the other directions of its
  // links.
  double ring_links{};
  double ring_hops{1};
};

// Links between dies by number; of a star, to the hub, which has the number `dies`.
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

// Whether that many dies can be joined so; why not.
bool joins(const Generator& topology, std::size_t dies, std::string& why);

// Of more than most_dies, and of numbers that cannot be: of the next smaller one that can.
GraphFigures figures_by_dies(const Generator& topology, std::size_t dies);

// Of a number that can be.
Edges edges(const Generator& topology, std::size_t dies);

}  // namespace marquetry::topology
