// Dimension order on a torus with two classes of virtual channels.
#include "routing/dimension_order.h"
#include "routing/phases.h"
#include "routing/rows.h"

namespace marquetry::routing {
namespace {

template <Dateline dateline>
void next(const topology::Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots,
          Packet& packet, Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.router == to) return eject(graph, routing, packet.destination, ways);
  const GridView grid{routing.data};
  const auto step =
      ring_step(grid, at.router, to, at.at_source ? std::nullopt : step_of(packet.phase), dateline, lots);
  packet.phase = phase_of(step);
  const auto range = half({0, routing.vcs - 1}, step.vc_class);
  ways.add({grid.port(at.router, step.direction), range.first, range.last});
}

template <Dateline dateline>
Made make(const char* name, const topology::Graph& graph, std::uint32_t vcs, std::string& why) {
  const auto on = grid(graph, why);
  if (!on) return std::nullopt;
  if (vcs < 2) {
    why = "dimension order on a torus needs two virtual channels: one alone closes the circle of each ring";
    return std::nullopt;
  }
  return Routing{.name = name, .vcs = vcs, .next = next<dateline>, .data = words(*on)};
}

}  // namespace

Made torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why) {
  return make<Dateline::one>("dimension-order", graph, vcs, why);
}

Made balanced_torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family != topology::Family::torus) {
    why = "two datelines need a torus";
    return std::nullopt;
  }
  return make<Dateline::balanced>("dimension-order-balanced", graph, vcs, why);
}

}  // namespace marquetry::routing
