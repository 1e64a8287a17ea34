// Up by lot to the nearest common ancestor, down by the digits of the destination. BookSim2's nca
// (src/routefunc.cpp, fattree_nca); Leiserson, IEEE Trans. Comput. 34, 1985.
#include "routing/rows.h"
#include "routing/tables.h"

namespace marquetry::routing {
namespace {

using topology::Graph;

void next(const Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots, Packet& packet,
          Ways& ways) {
  const auto k = graph.shape.k;
  const auto per_level = graph.routers / graph.shape.n;
  const auto level = at.router / per_level;
  std::uint32_t branch = 1;  // nodes below one of the router's children
  for (auto i = level + 1; i < graph.shape.n; ++i) branch *= k;
  // Routers of a level whose nodes are the same, and those nodes.
  const auto first = at.router % per_level / branch * branch * k;
  if (packet.destination < first || packet.destination >= first + branch * k) {
    ways.add({k + lots(k), 0, routing.vcs - 1});
    return;
  }
  ways.add({(packet.destination - first) / branch, 0, routing.vcs - 1});
}

}  // namespace

Made nearest_common_ancestor(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family != topology::Family::fat_tree) {
    why = "the nearest common ancestor needs a fat tree";
    return std::nullopt;
  }
  return Routing{.name = "nearest-common-ancestor", .vcs = vcs, .next = next};
}

}  // namespace marquetry::routing
