#include "simulate/fabric.h"

#include <algorithm>
#include <cmath>

namespace marquetry::simulate {
namespace {

void lay_out_ports(const topology::Graph& graph, Fabric& f) {
  std::vector<std::uint32_t> ins(graph.routers), outs(graph.routers);
  const auto see = [](std::uint32_t& count, std::uint32_t port) { count = std::max(count, port + 1); };
  for (const topology::Channel& c : graph.channels) {
    see(outs[c.from], c.out_port);
    see(ins[c.to], c.in_port);
  }
  for (const topology::Terminal& t : graph.terminals) {
    see(outs[t.router], t.out_port);
    see(ins[t.router], t.in_port);
  }
  f.in_base.assign(graph.routers + 1, 0);
  f.out_base.assign(graph.routers + 1, 0);
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    f.in_base[r + 1] = f.in_base[r] + ins[r];
    f.out_base[r + 1] = f.out_base[r] + outs[r];
    f.most_ports = std::max({f.most_ports, ins[r], outs[r]});
  }
  f.in.resize(f.in_base.back());
  f.out.resize(f.out_base.back() + graph.terminals.size());
  for (std::uint32_t r = 0; r < graph.routers; ++r)
    for (std::uint32_t p = f.in_base[r]; p < f.in_base[r + 1]; ++p) f.in[p].router = r;
}

// A flit that leaves the crossbar at t is read at the other end of a channel of latency L at t + L + 1. The
// credit of a slot freed at t is read at t + L + 1 too, and may be used credit_delay cycles later.
void lay_out_channels(const topology::Graph& graph, Fabric& f) {
  // Rounded down, so that a whole number of cycles stays one.
  const auto interval = [](double width) {
    return static_cast<std::uint64_t>(std::ldexp(1 / width, interval_bits));
  };
  const auto channels = static_cast<std::uint32_t>(graph.channels.size());
  for (std::uint32_t c = 0; c < channels; ++c) {
    const topology::Channel& channel = graph.channels[c];
    const std::uint32_t out = f.out_base[channel.from] + channel.out_port;
    const std::uint32_t in = f.in_base[channel.to] + channel.in_port;
    f.out[out] = {in, no_port, c, channel.latency + 1, interval(channel.width)};
    f.in[in] = {channel.to, out, channel.latency + 1 + f.pipeline[channel.from].credit, c, false};
    f.narrow = f.narrow || channel.width < 1;
  }
  for (std::uint32_t n = 0; n < f.nodes; ++n) {
    const topology::Terminal& t = graph.terminals[n];
    const std::uint32_t out = f.out_base[t.router] + t.out_port;
    const std::uint32_t in = f.in_base[t.router] + t.in_port;
    f.out[out] = {no_port, n, channels + n, t.latency + 1, interval(1)};
    f.out[f.injection(n)] = {in, n, channels + n, t.latency + 1, interval(1)};
    f.in[in] = {t.router, f.injection(n), t.latency + 1, channels + n, true};
  }
}

void lay_out_table(Fabric& f) {
  const routing::Routing& routing = *f.routing;
  f.single_ways = routing.is_table();
  for (std::size_t i = 0; f.single_ways && i + 1 < routing.begin.size(); ++i)
    f.single_ways = routing.begin[i + 1] - routing.begin[i] <= 1;
  if (!f.single_ways) return;
  f.hops.resize(routing.begin.size() - 1, Hop{nowhere, 0, 0, 0});
  for (std::size_t i = 0; i + 1 < routing.begin.size(); ++i)
    if (routing.begin[i] < routing.begin[i + 1]) {
      const routing::Way& way = routing.ways[routing.begin[i]];
      f.hops[i] = {static_cast<std::uint16_t>(way.port), static_cast<std::uint16_t>(way.first_vc),
                   static_cast<std::uint16_t>(way.last_vc), static_cast<std::uint16_t>(way.priority)};
    }
}

}  // namespace

Fabric make_fabric(const NetworkCase& network, const routing::Routing& routing) {
  Fabric f;
  f.network = &network;
  f.routing = &routing;
  f.routers = network.graph.routers;
  f.nodes = static_cast<std::uint32_t>(network.graph.terminals.size());
  f.most_routers = std::min(4 * f.routers + 64, 0xffffu);
  f.vcs = network.router.vcs;
  f.buffer = network.router.buffer;
  f.unit_delays = true;
  for (std::uint32_t r = 0; r < f.routers; ++r) {
    const routing::Pipeline& p = network.router.at(r);
    f.pipeline.push_back(p);
    f.unit_delays = f.unit_delays && p.routing <= 1 && p.vc_alloc == 1 && p.sw_alloc == 1;
  }
  lay_out_ports(network.graph, f);
  lay_out_channels(network.graph, f);
  std::uint32_t crossbar = 1;
  for (const routing::Pipeline& p : f.pipeline) crossbar = std::max(crossbar, p.st_prepare + p.st_final);
  for (const OutPort& out : f.out) f.farthest = std::max(f.farthest, out.lag + crossbar);
  for (const InPort& in : f.in) f.farthest = std::max(f.farthest, in.credit_lag + crossbar);
  // Flits may queue behind the crossbar: at a narrow link those of one cycle, with an output speed-up all
  // that have credits.
  const std::uint32_t speedup = network.router.output_speedup;
  std::uint64_t slowest = 0;
  for (const OutPort& out : f.out) slowest = std::max(slowest, out.interval >> interval_bits);
  f.farthest += speedup * (static_cast<std::uint32_t>(slowest) + 1) + (speedup > 1 ? f.vcs * f.buffer : 0);
  lay_out_table(f);
  return f;
}

}  // namespace marquetry::simulate
