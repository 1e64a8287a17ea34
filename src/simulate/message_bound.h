// How soon messages that wait for each other can have arrived at best: what a simulated completion is held
// against.
#pragma once

#include "routing/routing.h"
#include "simulate/case.h"
#include "traffic/messages.h"

namespace marquetry::simulate {

struct MessageBound {
  std::uint64_t critical_path{};  // cycles, as if every message had the network for itself
  std::uint64_t busiest_node{};   // flits that one node sends, or takes, of which it does one a cycle
  double busiest_channel{};       // cycles that one channel needs for its flits by this routing, in the mean
  std::uint32_t channel{};        // that one; `topology::none` without channels
};

// The messages must not wait in a circle.
MessageBound message_bound(const NetworkCase& network, const routing::Routing& routing,
                           const traffic::Messages& messages);

}  // namespace marquetry::simulate
