// Minimal adaptive routing on graphs without coordinates: any shortest way on, and up*/down* on the lowest
// virtual channel to escape by. Silla, Duato, "High-Performance Routing in Networks of Workstations with
// Irregular Topology", IEEE Trans. Parallel Distrib. Syst. 11(7), 2000.
#include <algorithm>

#include "routing/adaptive.h"
#include "routing/paths.h"
#include "routing/tables.h"
#include "routing/up_down.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

// Routing::data: the number of ports, then the tables.
struct Tables {
  std::uint32_t ports{};           // of the router with most
  const std::uint32_t* channel{};  // by router * ports + input port
  const std::uint32_t* begin{};    // of shortest ways, by router * routers + destination
  const std::uint32_t* port{};     // those ways
  const std::uint32_t*
      escape{};  // port, by (channel, or channels + router at the start) * routers + destination

  Tables(const Graph& graph, const Routing& routing)
      : ports{routing.data[0]},
        channel{routing.data.data() + 1},
        begin{channel + std::size_t{graph.routers} * ports},
        port{begin + std::size_t{graph.routers} * graph.routers + 1},
        escape{port + port[-1]} {}
};

void next(const Graph& graph, const Routing& routing, const Arrival& at, const Lots&, Packet& packet,
          Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.router == to) return eject(graph, routing, packet.destination, ways);
  const Tables tables{graph, routing};
  const std::size_t routers = graph.routers;
  std::size_t row = graph.channels.size() + at.router;
  if (at.at_source || at.vc > 0) {
    const auto cell = at.router * routers + to;
    for (auto i = tables.begin[cell]; i != tables.begin[cell + 1]; ++i)
      if (ways.count + 1 < ways.way.size()) ways.add({tables.port[i], 1, routing.vcs - 1, 1});
  } else {
    row = tables.channel[at.router * tables.ports + at.port];
  }
  ways.add({tables.escape[row * routers + to], 0, 0});
}

// Up*/down* between routers, whether they have nodes or not.
UpDown between_routers(const Graph& graph) {
  Graph all = graph;
  const auto ports = topology::ports(graph).ports;
  all.terminals.clear();
  for (std::uint32_t r = 0; r < graph.routers; ++r) all.terminals.push_back({r, ports, ports});
  return best_up_down(all, 1);
}

}  // namespace

Made minimal_adaptive_paths(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (vcs < 2) {
    why = "minimal adaptive routing needs two virtual channels here: one to escape, the others to choose";
    return std::nullopt;
  }
  const auto escape = between_routers(graph);
  if (escape.root == none) {
    why = "the escape, up*/down*, needs links that lead both ways between all routers";
    return std::nullopt;
  }
  const std::size_t n = graph.routers;
  const auto ports = topology::ports(graph);
  const auto paths = shortest_paths(graph);
  Routing out{.name = "minimal-adaptive", .vcs = vcs, .next = next};
  out.data.push_back(ports.ports);
  out.data.insert(out.data.end(), ports.in.begin(), ports.in.end());
  std::vector<std::uint32_t> ways;
  for (std::uint32_t from = 0; from < n; ++from) {
    const auto leaving = ports.out_of(from);
    for (std::size_t to = 0; to < n; ++to) {
      out.data.push_back(static_cast<std::uint32_t>(ways.size()));
      for (std::uint32_t port = 0; from != to && port < leaving.size(); ++port) {
        if (leaving[port] >= graph.channels.size()) continue;
        const auto& c = graph.channels[leaving[port]];
        if (c.latency + paths.distance[c.to * n + to] == paths.distance[from * n + to]) ways.push_back(port);
      }
    }
  }
  out.data.push_back(static_cast<std::uint32_t>(ways.size()));
  out.data.insert(out.data.end(), ways.begin(), ways.end());
  const auto& table = escape.routing;
  for (std::size_t cell = 0; cell + 1 < table.begin.size(); ++cell)
    out.data.push_back(table.begin[cell] == table.begin[cell + 1] ? none
                                                                  : table.ways[table.begin[cell]].port);
  return out;
}

}  // namespace marquetry::routing
