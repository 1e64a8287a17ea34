// Proofs of how few links a halving can cut: exact over all halvings, and by flows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "topology/adjacency.h"

namespace marquetry::topology {

// What a halving is: `half` of the nodes on one side, `all` - `half` on the other.
struct Halving {
  std::span<const std::uint32_t> nodes{};  // by router
  std::uint32_t half{}, all{};
};

// Exactly, router by router in the order in which the fewest of those decided have undecided neighbours, for
// every way in which these may lie and every number of nodes on one side. Nothing where that takes more than
// so many operations.
std::optional<std::uint32_t> least_cut(const Adjacency& graph, const Halving& halving,
                                       std::span<const std::vector<std::uint32_t>> orders, double operations);

// A lower bound from flows between all pairs of nodes: over all shortest ways in equal shares, then moved for
// some rounds to ways with little load. Stops early where it comes to `enough`.
std::uint32_t flow_bound(const Adjacency& graph, const Halving& halving, std::uint32_t enough,
                         std::uint32_t rounds);

}  // namespace marquetry::topology
