// What a routing makes of a traffic: load of every channel, the bound on throughput, latency without load.
#pragma once

#include <span>
#include <vector>

#include "routing/router.h"
#include "routing/routing.h"

namespace marquetry::routing {

// Flits a cycle on every channel at an offered load of 1; matrix as of traffic::matrix. Of a routing that
// draws lots: the mean. Of an adaptive one: over its ways of highest priority in equal shares, as an idle
// network has it. Packets that no way leads to their node load nothing.
std::vector<double> loads(const topology::Graph& graph, const Routing& routing,
                          std::span<const double> matrix);

// The highest offered load, in flits a node and cycle at which no channel, no injection and no ejection
// carries more than it can; infinite where there is no traffic. Dally, Towles, "Principles and Practices of
// Interconnection Networks", 2004, 3.3.1.
struct Bound {
  double load{};
  std::uint32_t channel{};  // that binds; as Ports count: beyond the channels it is a node's
  bool by_ejection{}, by_injection{};
};
Bound channel_bound(const topology::Graph& graph, std::span<const double> matrix,
                    std::span<const double> loads);

// Cycles from birth to arrival of a lone packet, the least over all lots, by source * nodes + destination:
// 3 + (H + 1) R + the channels' latencies + P - 1 for channels of width 1, where injection and ejection have
// a cycle each. `topology::none` where no way leads. Over channels of different widths: the least over ways,
// whose narrowest channel lets P - 1 more flits through in ceil((P - 1) / width) cycles.
std::vector<std::uint32_t> zero_load(const topology::Graph& graph, const Routing& routing,
                                     const Router& router, std::uint32_t packet_flits);

}  // namespace marquetry::routing
