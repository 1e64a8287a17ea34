// The first dimension first or last, by a bit that the first router draws; each order has half of the virtual
// channels, by which later routers know it. BookSim2's xy_yx (src/routefunc.cpp, src/networks/cmesh.cpp and
// flatfly_onchip.cpp); O1TURN: Seo, Ali, Lim, Rafique, Thottethodi, ISCA 2005.
#include "routing/dimension_order.h"
#include "routing/rows.h"

namespace marquetry::routing {
namespace {

// data: ports in ascending order, then in descending order.
void next(const topology::Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots,
          Packet& packet, Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.router == to) return eject(graph, routing, packet.destination, ways);
  const bool ascends = at.at_source ? lots(2) == 1 : at.vc < routing.vcs / 2;
  const std::size_t n = graph.routers;
  const auto range = half({0, routing.vcs - 1}, ascends ? 0 : 1);
  ways.add({routing.data[((ascends ? 0 : n) + at.router) * n + to], range.first, range.last});
}

Made make(const char* name, const topology::Graph& graph, std::uint32_t vcs, Express express,
          std::string& why) {
  if (graph.shape.family == topology::Family::torus) {
    why = "XY-YX on a torus would need a class of virtual channels for each ring and order";
    return std::nullopt;
  }
  if (vcs < 2) {
    why = "XY-YX needs two virtual channels: one for each order";
    return std::nullopt;
  }
  auto ports = dimension_order_ports(graph, Dimensions::ascending, express, why);
  if (!ports) return std::nullopt;
  const auto descending = dimension_order_ports(graph, Dimensions::descending, express, why);
  ports->insert(ports->end(), descending->begin(), descending->end());
  return Routing{.name = name, .vcs = vcs, .next = next, .data = std::move(*ports)};
}

}  // namespace

Made xy_yx(const topology::Graph& graph, std::uint32_t vcs, std::string& why) {
  return make("xy-yx", graph, vcs, Express::left_out, why);
}

Made xy_yx_express(const topology::Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family != topology::Family::concentrated_mesh) {
    why = "only a concentrated mesh has express channels";
    return std::nullopt;
  }
  return make("xy-yx-express", graph, vcs, Express::taken, why);
}

}  // namespace marquetry::routing
