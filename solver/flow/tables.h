// Load-optimised tables from a graph and its traffic in one call, free of deadlock, with what they cost.
#pragma once

#include "flow/flow.h"

namespace marquetry::flow {

enum class Split : std::uint8_t {
  single,  // one way for each router and destination: packets of a pair stay in order
  spread   // several by weight, as the optimum has them
};

struct Tables {
  routing::Routing routing{};
  Optimum optimum{};
  double load{};           // offered, that the tables carry by their channel loads
  double left{};           // on the table: 1 - load / optimum.bound
  std::uint32_t layers{};  // of virtual channels, that they have
  // That the tables nearest to the optimum need, parted by destinations if it is more than `vcs`: then the
  // tables are others, whose load is the one above.
  std::uint32_t needed{};
};

Tables optimised(const topology::Graph& graph, std::span<const double> matrix, std::uint32_t vcs, Split split,
                 const Options& options = {});

}  // namespace marquetry::flow
