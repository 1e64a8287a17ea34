// By way of a node drawn at the first router, in dimension order to it and on: any traffic becomes twice the
// uniform one (Valiant, Brebner, STOC 1981); ROMM draws it within the box that source and destination span
// (Nesson, Johnsson, SPAA 1995). Each phase has half of the virtual channels, on a torus half of each class.
#include "routing/dimension_order.h"
#include "routing/phases.h"
#include "routing/rows.h"

namespace marquetry::routing {
namespace {

using topology::Family;
using topology::Graph;

// What the first phase does at the packet's own destination.
enum class Passing : std::uint8_t {
  on,      // goes on to the node between
  any_vcs  // goes on, over the virtual channels of either phase: BookSim2, whose circles can so be closed
};
constexpr std::uint32_t second = 1u << 31;  // of Packet::phase; below: the step on a torus

// Without memory of the first phase: whoever follows all packets meets the same ones again.
void begin_second(Packet& packet) {
  packet.phase = second;
  packet.via = packet.destination;
}

// data: the ports.
template <Passing passing, std::uint32_t draw(const Graph&, const Routing&, const Packet&, const Lots&)>
void next(const Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots, Packet& packet,
          Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.at_source) {
    packet.via = draw(graph, routing, packet, lots);
    packet.phase = 0;
  }
  const auto via = graph.terminals[packet.via].router;
  if (at.router == via) begin_second(packet);
  const bool first = packet.phase < second;
  if (at.router == to && !first) return eject(graph, routing, packet.destination, ways);
  const auto port = routing.data[std::size_t{at.router} * graph.routers + (first ? via : to)];
  const VcRange all{0, routing.vcs - 1};
  const auto range = passing == Passing::any_vcs && at.router == to ? all : half(all, first ? 0 : 1);
  ways.add({port, range.first, range.last});
}

void next_on_torus(const Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots,
                   Packet& packet, Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.at_source) {
    packet.via = lots(static_cast<std::uint32_t>(graph.terminals.size()));
    packet.phase = 0;
  }
  const auto via = graph.terminals[packet.via].router;
  if (packet.phase < second && at.router == via) begin_second(packet);
  const bool first = packet.phase < second;
  if (at.router == to && !first) return eject(graph, routing, packet.destination, ways);
  const GridView grid{routing.data};
  const auto step =
      ring_step(grid, at.router, first ? via : to, step_of(packet.phase & ~second), Dateline::one, lots);
  packet.phase = (packet.phase & second) | phase_of(step);
  const auto range = half(half({0, routing.vcs - 1}, step.vc_class), first ? 0 : 1);
  ways.add({grid.port(at.router, step.direction), range.first, range.last});
}

std::uint32_t any_node(const Graph& graph, const Routing&, const Packet&, const Lots& lots) {
  return lots(static_cast<std::uint32_t>(graph.terminals.size()));
}

double any_chance(const Graph& graph, const Routing&, std::uint32_t, std::uint32_t, std::uint32_t) {
  return 1.0 / static_cast<double>(graph.terminals.size());
}

// Of a flattened butterfly: whether the way in its two dimensions from a to b comes to a router.
struct Butterfly {
  std::uint32_t columns{};
  explicit Butterfly(const Graph& graph)
      : columns{graph.shape.radices.empty() ? graph.shape.k : graph.shape.radices[0]} {}
  bool passes(std::uint32_t a, std::uint32_t b, std::uint32_t router) const {
    return router == a || router == b || router == a - a % columns + b % columns;
  }
};

// Whoever comes to the destination on the way to another node is there: as if the destination had been drawn.
std::uint32_t node_or_destination(const Graph& graph, const Routing&, const Packet& packet,
                                  const Lots& lots) {
  const auto via = lots(static_cast<std::uint32_t>(graph.terminals.size()));
  const auto router = [&](std::uint32_t node) { return graph.terminals[node].router; };
  return Butterfly{graph}.passes(router(packet.source), router(via), router(packet.destination))
             ? packet.destination
             : via;
}

double node_or_destination_chance(const Graph& graph, const Routing&, std::uint32_t source,
                                  std::uint32_t destination, std::uint32_t via) {
  const Butterfly butterfly{graph};
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  const auto from = graph.terminals[source].router, to = graph.terminals[destination].router;
  if (via != destination) return butterfly.passes(from, graph.terminals[via].router, to) ? 0 : 1.0 / nodes;
  // Routers on the way to which the destination's is passed.
  const std::uint32_t routers = from == to ? graph.routers
                                : from / butterfly.columns == to / butterfly.columns
                                    ? graph.routers / butterfly.columns
                                    : 1;
  return static_cast<double>(routers) / graph.routers;
}

// Dimension by dimension from the lowest; a mesh has a node a router, of the same number.
std::uint32_t node_in_box(const Graph& graph, const Routing&, const Packet& packet, const Lots& lots) {
  std::uint32_t source = packet.source, destination = packet.destination, stride = 1, out = 0;
  for (std::uint32_t i = 0; i < graph.shape.n; ++i) {
    const auto k = graph.shape.radices.empty() ? graph.shape.k : graph.shape.radices[i];
    const auto a = source % k, b = destination % k;
    out += stride * (std::min(a, b) + lots(std::max(a, b) - std::min(a, b) + 1));
    stride *= k;
    source /= k;
    destination /= k;
  }
  return out;
}

// data: the ports, then each node's coordinates.
double in_box_chance(const Graph& graph, const Routing& routing, std::uint32_t source,
                     std::uint32_t destination, std::uint32_t via) {
  const std::size_t n = graph.shape.n;
  const auto* const at = routing.data.data() + std::size_t{graph.routers} * graph.routers;
  std::uint32_t box = 1;
  for (std::size_t i = 0; i < n; ++i) {
    const auto a = at[source * n + i], b = at[destination * n + i], v = at[via * n + i];
    const auto low = std::min(a, b), high = std::max(a, b);
    if (v < low || v > high) return 0;
    box *= high - low + 1;
  }
  return 1.0 / box;
}

template <Passing passing>
Made make(const char* name, const Graph& graph, std::uint32_t vcs, std::string& why) {
  const bool torus = graph.shape.family == Family::torus;
  if (vcs < (torus ? 4u : 2u)) {
    why = torus ? "a node between on a torus needs four virtual channels: two classes for each of two phases"
                : "a node between needs two virtual channels: one for each phase";
    return std::nullopt;
  }
  if (torus) {
    const auto on = grid(graph, why);
    if (!on) return std::nullopt;
    return Routing{.name = name, .vcs = vcs, .next = next_on_torus, .data = words(*on), .chance = any_chance};
  }
  auto ports = dimension_order_ports(graph, Dimensions::ascending, Express::left_out, why);
  if (!ports) return std::nullopt;
  return Routing{.name = name,
                 .vcs = vcs,
                 .next = next<passing, any_node>,
                 .data = std::move(*ports),
                 .chance = any_chance};
}

}  // namespace

Made valiant(const Graph& graph, std::uint32_t vcs, std::string& why) {
  return make<Passing::on>("valiant", graph, vcs, why);
}

Made booksim_valiant(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family == Family::torus) {
    why = "BookSim2's own on a torus goes by a variable that it never sets: take 'valiant'";
    return std::nullopt;
  }
  auto out = make<Passing::any_vcs>("valiant-booksim2", graph, vcs, why);
  if (out && graph.shape.family == Family::flattened_butterfly) {
    out->next = next<Passing::on, node_or_destination>;
    out->chance = node_or_destination_chance;
  }
  return out;
}

Made romm(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family != Family::mesh) {
    why = "a node between within the box of source and destination needs a mesh";
    return std::nullopt;
  }
  auto out = make<Passing::on>("romm", graph, vcs, why);
  if (out) {
    out->next = next<Passing::on, node_in_box>;
    out->chance = in_box_chance;
    for (std::uint32_t node = 0; node < graph.routers; ++node) {
      auto left = node;
      for (std::uint32_t i = 0; i < graph.shape.n; ++i) {
        const auto k = graph.shape.radices.empty() ? graph.shape.k : graph.shape.radices[i];
        out->data.push_back(left % k);
        left /= k;
      }
    }
  }
  return out;
}

}  // namespace marquetry::routing
