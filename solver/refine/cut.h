// The narrowest halving of some routers of a graph, in flits a cycle of each direction.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "topology/graph.h"

namespace marquetry::refine {

// By router: 1 where no way from member to member leads over it.
std::vector<std::uint8_t> dead_ends(const topology::Graph& graph, std::span<const std::uint32_t> members);

struct Cut {
  double width{};
  bool is_exact{};  // no halving was left out
};

// Members are parted as evenly as can be, all other routers go where they cut least. Up to about fifteen
// members each halving is looked at; beyond, those along both axes of `places` and what exchanging pairs
// makes of them (Kernighan, Lin, Bell Syst. Tech. J. 49, 1970, one pair at a time). A width of 0: fewer than
// two members.
Cut narrowest_halving(const topology::Graph& graph, std::span<const std::uint32_t> members);

}  // namespace marquetry::refine
