// Who feeds whom: the streams of flits from each input of a router to each of its outputs that a routing
// makes of a traffic, and how they lie on the virtual channels.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/router.h"
#include "routing/routing.h"

namespace marquetry::contention {

// Channels have their numbers; `channels + node` is the node's injection as an input, its ejection as an
// output. Flits a cycle at an offered load of 1.
struct Stream {
  std::uint32_t in{}, out{};
  double rate{};
};

struct Streams {
  std::vector<Stream> streams{};       // router by router, input by input
  std::vector<std::uint32_t> first{};  // of each router; one more at the end
  std::vector<double> on_vc{};         // flits a cycle by input * vcs + virtual channel
  std::uint32_t vcs{};
  double sent{};  // by all nodes; what no way leads to its node is left out
};

Streams streams(const topology::Graph& graph, const routing::Routing& routing, const routing::Router& router,
                std::span<const double> matrix);

}  // namespace marquetry::contention
