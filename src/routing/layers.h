// The fewest virtual channels that make given paths free of deadlock: packets are parted into layers, each
// with virtual channels of its own and without a circle. Skeie, Lysne, Theiss, "Layered Shortest Path (LASH)
// Routing in Irregular System Area Networks", IPDPS 2002; Domke, Hoefler, Nagel, "Deadlock-Free Oblivious
// Routing for Arbitrary Topologies" (DFSSSP), IPDPS 2011. The least number is NP-complete to find.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "routing/routing.h"

namespace marquetry::routing {

struct Layering {
  Routing routing{};             // the same ways, in `layers` layers
  std::uint32_t layers{};        // the fewest that were found
  std::uint32_t bound{};         // no fewer will do for these ways: 1 without a circle, else 2
  std::string_view parted_by{};  // how: by pairs or destinations
};

// Of a table; nothing, and why, where the virtual channels are fewer than the layers.
std::optional<Layering> in_layers(const topology::Graph& graph, const Routing& table, std::uint32_t vcs,
                                  std::string& why);

}  // namespace marquetry::routing
