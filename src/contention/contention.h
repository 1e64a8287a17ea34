// Latency under load without simulating: queues at every channel, held down by credits and virtual channels.
#pragma once

#include <span>
#include <vector>

#include "routing/load.h"

namespace marquetry::contention {

struct Prediction {
  double saturation{};            // offered load, flits a node and cycle
  double bound{};                 // of the channel loads alone
  double zero_load{};             // cycles, mean over the traffic
  std::vector<double> latency{};  // by load asked for, cycles; infinite from saturation on
};

// `loads`: at which the latency is asked for.
Prediction predict(const topology::Graph& graph, const routing::Routing& routing,
                   const routing::Router& router, std::uint32_t packet_flits, std::span<const double> matrix,
                   std::span<const double> loads);

}  // namespace marquetry::contention
