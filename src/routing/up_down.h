// Up*/down* from the root that serves uniform traffic best.
#pragma once

#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// By channel: whether it leads up the tree of that root.
std::vector<bool> channels_up(const topology::Graph& graph, std::uint32_t root);

struct UpDown {
  Routing routing{};
  std::uint32_t root{};  // `none`: no tree leads everywhere
};
UpDown best_up_down(const topology::Graph& graph, std::uint32_t vcs);

}  // namespace marquetry::routing
