#include "proxy/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace marquetry::proxy {
namespace {

// A pipeline of that many cycles in all. Two is the least that allocation and the crossbar take.
routing::Pipeline pipeline(double cycles, bool& shortened) {
  const auto all = static_cast<std::uint32_t>(std::max(0L, std::lround(cycles)));
  shortened |= all < 2 || std::abs(cycles - std::round(cycles)) > 1e-9;
  if (all <= 2) return {.routing = 0, .speculative = true};
  return {.routing = 0, .st_final = all - 2};
}

topology::Point middle(const Design& design, std::uint32_t node) {
  if (!design.is_chiplet(node)) {
    const auto& router = design.routers[node - design.chiplets.size()];
    return {router.x, router.y};
  }
  const auto& chiplet = design.chiplets[node];
  const auto& type = design.types[chiplet.type];
  const bool turned = chiplet.turns % 2 == 1;
  return {chiplet.x + (turned ? type.height : type.width) / 2,
          chiplet.y + (turned ? type.width : type.height) / 2};
}

void add_traffic(const Design& design, const std::vector<std::uint32_t>& first, simulate::NetworkCase& out) {
  auto& traffic = out.traffic;
  const auto nodes = out.graph.terminals.size();
  traffic = {.name = design.pattern,
             .kind = traffic::Kind::matrix,
             .nodes = static_cast<std::uint32_t>(nodes),
             .weights = std::vector<double>(nodes * nodes)};
  for (const auto& flow : design.traffic) {
    const auto from = design.type_of(flow.source).units, to = design.type_of(flow.destination).units;
    const double each = flow.load / (static_cast<double>(from) * to);
    for (std::uint32_t s = 0; s < from; ++s) {
      for (std::uint32_t d = 0; d < to; ++d)
        traffic.weights[(first[flow.source] + s) * nodes + first[flow.destination] + d] += each;
    }
  }
}

}  // namespace

simulate::NetworkCase network_case(const Design& design, const Quirks& quirks) {
  simulate::NetworkCase out{.name = design.name};
  auto& graph = out.graph;
  graph.name = design.name;
  graph.routers = static_cast<std::uint32_t>(design.nodes());
  const bool is_mixed = design.types.size() > 1 || !design.routers.empty();
  bool shortened = false;
  std::vector<std::uint32_t> first;
  for (std::uint32_t node = 0; node < graph.routers; ++node) {
    const bool is_chiplet = design.is_chiplet(node);
    graph.places.push_back(middle(design, node));
    if (is_mixed)
      graph.names.push_back(is_chiplet ? fmt::format("{}[{}]", design.type_of(node).name, node)
                                       : fmt::format("router[{}]", node - design.chiplets.size()));
    out.router.of_router.push_back(pipeline(design.node_latency(node), shortened));
    if (!is_chiplet) continue;
    first.push_back(static_cast<std::uint32_t>(graph.terminals.size()));
    for (std::uint32_t unit = 0; unit < design.type_of(node).units; ++unit)
      topology::add_terminal(graph, node);
  }
  const auto links = wires(design, quirks);
  double widest = 0;
  for (const auto& wire : links) widest = std::max(widest, wire.bandwidth);
  for (const auto& wire : links) {
    const double latency = design.phy_latency(wire.a) + wire.latency + design.phy_latency(wire.b);
    shortened |= latency < 1 || std::abs(latency - std::round(latency)) > 1e-9;
    topology::add_link(graph, wire.a, wire.b, static_cast<std::uint32_t>(std::max(1L, std::lround(latency))),
                       widest > 0 ? wire.bandwidth / widest : 1, wire.length);
  }
  if (shortened)
    out.notes.push_back(
        "latencies are taken as whole cycles, at least 2 of a router and 1 of a link; the closed form has "
        "them "
        "as given");
  out.flit_bits = widest;
  if (!out.router.of_router.empty()) out.router.pipeline = out.router.of_router.front();
  add_traffic(design, first, out);
  return out;
}

routing::Routing table(const Design& design, const topology::Graph& graph,
                       const std::vector<std::uint32_t>& next_hop, std::uint32_t vcs) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const topology::Channel*>> between;
  for (const auto& channel : graph.channels) between[{channel.from, channel.to}].push_back(&channel);
  routing::Routing out{.name = "rapidchiplet", .vcs = vcs};
  const auto chiplets = design.chiplets.size();
  out.begin.reserve(std::size_t{graph.routers} * graph.terminals.size() + 1);
  for (std::uint32_t router = 0; router < graph.routers; ++router) {
    for (const auto& terminal : graph.terminals) {
      out.begin.push_back(static_cast<std::uint32_t>(out.ways.size()));
      if (terminal.router == router) {
        out.ways.push_back({.port = terminal.out_port, .last_vc = vcs - 1});
        continue;
      }
      const auto next = next_hop[router * chiplets + terminal.router];
      const auto found = between.find({router, next});
      if (found == between.end()) continue;
      double all = 0;
      for (const auto* channel : found->second) all += channel->width;
      for (const auto* channel : found->second)
        out.ways.push_back({.port = channel->out_port, .last_vc = vcs - 1, .weight = channel->width / all});
    }
  }
  out.begin.push_back(static_cast<std::uint32_t>(out.ways.size()));
  return out;
}

}  // namespace marquetry::proxy
