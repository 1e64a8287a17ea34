#include "simulate/refusal.h"

#include <algorithm>
#include <cmath>

namespace marquetry::simulate {
namespace {

std::string pipeline_refusal(const routing::Pipeline& p) {
  if (p.vc_alloc == 0 || p.sw_alloc == 0)
    return "allocating virtual channels or the switch takes at least one cycle, here it takes none";
  if (p.st_prepare + p.st_final == 0) return "the switch takes at least one cycle, here it takes none";
  if (p.speculative && p.vc_alloc > p.sw_alloc)
    return "a speculative router whose virtual channels take longer to allocate than its switch";
  return {};
}

std::string router_refusal(const NetworkCase& network, const routing::Routing& routing) {
  const routing::Router& r = network.router;
  if (r.vcs == 0 || r.buffer == 0) return "a router without virtual channels or without buffers";
  if (r.vcs > 64) return "more than 64 virtual channels a port";
  if (r.buffer > 0xffff) return "more than 65535 flits in a buffer";
  if (routing.vcs > r.vcs)
    return "the routing is made for " + std::to_string(routing.vcs) + " virtual channels, the routers have " +
           std::to_string(r.vcs);
  if (r.iterations == 0 || r.input_speedup == 0 || r.output_speedup == 0)
    return "no iteration of the allocators, or a speed-up of 0";
  if (r.input_speedup > r.vcs) return "an input speed-up above the number of virtual channels";
  if (!r.of_router.empty() && r.of_router.size() != network.graph.routers)
    return "pipelines for " + std::to_string(r.of_router.size()) + " of " +
           std::to_string(network.graph.routers) + " routers";
  for (std::uint32_t i = 0; i < network.graph.routers; ++i)
    if (std::string why = pipeline_refusal(r.at(i)); !why.empty()) return why;
  return {};
}

std::string table_refusal(const NetworkCase& network, const routing::Routing& routing) {
  const std::size_t nodes = network.graph.terminals.size();
  if (!routing.layer.empty() && routing.layer.size() != nodes * nodes)
    return "the routing's layers are of another number of nodes";
  if (routing.layers == 0 || routing.layers > routing.vcs)
    return "more layers than virtual channels, or none";
  if (!routing.is_table()) return routing.next == nullptr ? "a routing without table and function" : "";
  const std::size_t rows =
      routing.key == routing::Key::router ? network.graph.routers : network.graph.channels.size() + nodes;
  if (routing.begin.size() != rows * nodes + 1 || routing.begin.back() != routing.ways.size())
    return "the routing's table is of another network";
  for (const routing::Way& way : routing.ways)
    if (way.first_vc > way.last_vc || way.last_vc >= network.router.vcs)
      return "the routing's table names virtual channels that are not there";
  return {};
}

}  // namespace

std::string refusal(const NetworkCase& network, const routing::Routing& routing) {
  if (std::string why = router_refusal(network, routing); !why.empty()) return why;
  if (std::string why = table_refusal(network, routing); !why.empty()) return why;
  if (network.packet == 0) return "packets of no flits";
  if (network.graph.terminals.empty()) return "a network without nodes";
  for (const topology::Channel& c : network.graph.channels) {
    if (!(c.width > 0 && c.width <= 1)) return "a channel that carries no flit, or more than one, a cycle";
    if (c.latency == 0) return "a channel without latency";
  }
  std::vector<std::uint32_t> ports(network.graph.routers);
  for (const topology::Channel& c : network.graph.channels)
    ports[c.from] = std::max(ports[c.from], std::max(c.out_port, c.in_port) + 1);
  for (const std::uint32_t p : ports)
    if (p * network.router.vcs * network.router.output_speedup >= 0xffff)
      return "a router with more than 65534 virtual channels";
  return {};
}

std::string traffic_refusal(const NetworkCase& network, double rate) {
  const traffic::Traffic& t = network.traffic;
  const std::size_t nodes = network.graph.terminals.size();
  if (t.nodes != nodes)
    return "traffic of " + std::to_string(t.nodes) + " nodes in a network of " + std::to_string(nodes);
  const auto is_missing = [&](std::uint32_t node) { return node >= nodes; };
  const bool names_none = (t.kind == traffic::Kind::hotspot && t.spots.empty()) ||
                          (t.kind == traffic::Kind::permutation && t.target.size() != nodes) ||
                          (t.kind == traffic::Kind::matrix && t.weights.size() != nodes * nodes);
  if (names_none || std::ranges::any_of(t.target, is_missing) || std::ranges::any_of(t.spots, is_missing))
    return "traffic that names other nodes than the network has";
  if (!std::ranges::all_of(t.weights, [](double w) { return w >= 0 && std::isfinite(w); }))
    return "traffic with a weight below 0";
  if (!(rate >= 0 && std::isfinite(rate))) return "a load below 0";
  if (network.sampling.period == 0) return "sample periods of no cycles";
  return {};
}

}  // namespace marquetry::simulate
