// Where a packet goes next: by a word of a table where there is one, else as the routing says.
#include "simulate/machine.h"

namespace marquetry::simulate {
namespace {

// One of several, in the shares of their weights.
const routing::Way& drawn(std::span<const routing::Way> ways, const routing::Lots& lots) {
  double all = 0;
  for (const routing::Way& w : ways) all += w.weight;
  double left = all * static_cast<double>(lots(std::uint32_t{1} << 30)) * 0x1p-30;
  for (const routing::Way& w : ways) {
    if (left < w.weight) return w;
    left -= w.weight;
  }
  return ways.back();
}

Hop packed(const routing::Way& w) {
  return {static_cast<std::uint16_t>(w.port), static_cast<std::uint16_t>(w.first_vc),
          static_cast<std::uint16_t>(w.last_vc), static_cast<std::uint16_t>(w.priority)};
}

void confine(Hop& hop, const routing::Routing& routing, const Packet& packet, std::uint32_t nodes) {
  if (routing.layer.empty()) return;
  const std::uint8_t layer =
      routing.layer[packet.route.source * std::size_t{nodes} + packet.route.destination];
  const routing::VcRange range = routing::vcs_of_layer(layer, routing.layers, routing.vcs);
  hop.first = static_cast<std::uint16_t>(range.first);
  hop.last = static_cast<std::uint16_t>(range.last);
}

}  // namespace

void Machine::find_way(std::uint32_t index, std::uint32_t in_port, std::uint32_t vc) {
  const routing::Routing& routing = *fabric.routing;
  const InPort& in = fabric.in[in_port];
  Head& head = heads[index];
  head.ways = 1;
  const std::size_t row = routing.key == routing::Key::router ? in.router : in.row;
  const std::size_t entry = row * fabric.nodes + head.destination;
  if (fabric.single_ways) {
    head.hop = fabric.hops[entry];
  } else if (routing.is_table()) {
    const std::uint32_t first = routing.begin[entry], end = routing.begin[entry + 1];
    if (first == end)
      head.hop.port = nowhere;
    else
      head.hop = packed(end - first == 1 ? routing.ways[first]
                                         : drawn(std::span(routing.ways).subspan(first, end - first), lots));
  } else {
    if (in.at_source && routing.start != nullptr)
      routing.start(fabric.network->graph, routing, lots, packets[index].route);
    ways.count = 0;
    routing.next(fabric.network->graph, routing,
                 {in.router, in_port - fabric.in_base[in.router], vc, in.at_source}, lots,
                 packets[index].route, ways);
    head.ways = static_cast<std::uint16_t>(ways.count);
    head.hop = ways.count == 0 ? Hop{nowhere, 0, 0, 0} : packed(ways.way[0]);
    for (std::uint32_t i = 1; i < ways.count; ++i) {
      Hop& more = more_ways[std::size_t{index} * (ways.way.size() - 1) + i - 1];
      more = packed(ways.way[i]);
      confine(more, routing, packets[index], fabric.nodes);
    }
  }
  const bool is_circle = head.routers >= fabric.most_routers;  // longer than any way that ends
  if (head.hop.port == nowhere || is_circle) {
    lost = true;
    lost_source = packets[index].route.source;
    lost_destination = packets[index].route.destination;
    head.hop.port = 0;
    head.ways = 1;
    return;
  }
  confine(head.hop, routing, packets[index], fabric.nodes);
}

}  // namespace marquetry::simulate
