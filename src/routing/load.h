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

// Cycles from birth to arrival of a lone packet's tail, the least over all lots, by source * nodes +
// destination; `topology::none` where no way leads. Where flits follow at once: 3 + (H + 1) R + the channels'
// latencies + P - 1, if injection and ejection have a cycle each. Else the head as before and the others flit
// by flit (routing/lone_packet.h): over one narrow channel of width w the tail is max(P - 1, ceil((P - 1) /
// w) - C) behind it, where C cycles of the next router, for route and virtual channel, are the head's alone.
std::vector<std::uint32_t> zero_load(const topology::Graph& graph, const Routing& routing,
                                     const Router& router, std::uint32_t packet_flits);

}  // namespace marquetry::routing
