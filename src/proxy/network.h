// The network of a placed package for our own models: routers with the chiplets' latencies, a node for each
// unit, links with their lengths, widths and the PHYs of both ends.
#pragma once

#include "proxy/links.h"
#include "routing/routing.h"
#include "simulate/case.h"

namespace marquetry::proxy {

// Zero-load latency is that of the closed form: the PHYs are in the latency of the links. A flit is what the
// widest link carries in a cycle. With rapidchiplet-last-of-parallel one link for each pair.
simulate::NetworkCase network_case(const Design& design, const Quirks& quirks);

// The design's next hops as a table over that graph; parallel links take their shares by width.
routing::Routing table(const Design& design, const topology::Graph& graph,
                       const std::vector<std::uint32_t>& next_hop, std::uint32_t vcs);

}  // namespace marquetry::proxy
