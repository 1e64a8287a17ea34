#include "routing/tables.h"

#include <utility>

namespace marquetry::routing {

Routing table(std::string name, const topology::Graph& graph, std::span<const std::uint32_t> ports,
              std::uint32_t vcs) {
  Routing out{.name = std::move(name), .vcs = vcs};
  const std::size_t nodes = graph.terminals.size(), rows = graph.routers;
  out.begin.reserve(rows * nodes + 1);
  out.ways.reserve(rows * nodes);
  out.begin.push_back(0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (const auto& to : graph.terminals) {
      const auto port = to.router == r ? to.out_port : ports[r * rows + to.router];
      if (port != topology::none) out.ways.push_back({port, 0, vcs - 1});
      out.begin.push_back(static_cast<std::uint32_t>(out.ways.size()));
    }
  }
  return out;
}

}  // namespace marquetry::routing
