#include "topology/design.h"

#include <algorithm>

#include "topology/adjacency.h"
#include "topology/bisection.h"
#include "topology/figures.h"
#include "topology/ring.h"

namespace marquetry::topology {
namespace {

std::optional<Graph> graph_of(const Generator& topology, std::size_t dies, std::string& why) {
  if (topology.joins == Joins::switches) {
    why = "its routers are not dies";
    return std::nullopt;
  }
  if (dies == 0 || dies > most_routers) {
    why = "it needs 1 to " + std::to_string(most_routers) + " dies";
    return std::nullopt;
  }
  return topology.build({.routers = static_cast<std::uint32_t>(dies)}, why);
}

GraphFigures figures_of(const Graph& graph, Joins joins) {
  // A hub is not one of the dies that are joined.
  const std::uint32_t dies = graph.routers - (joins == Joins::dies_hub ? 1 : 0);
  const auto neighbours = adjacency(graph);
  GraphFigures out;
  for (std::uint32_t die = 0; die < dies; ++die) {
    std::uint32_t links = 0;
    for (const auto& n : neighbours[die]) links += n.links;
    out.degree = std::max(out.degree, static_cast<double>(links));
    const auto away = hops(neighbours, die);
    for (const auto h : away) out.hops = std::max(out.hops, static_cast<double>(h));
  }
  for (const auto& c : graph.channels)
    out.span = std::max(out.span, passed(graph.places[c.from], graph.places[c.to]));
  out.links = static_cast<double>(graph.channels.size()) / 2;
  // Designs may leave the number of dies open: what can be proved in about a tenth of a second.
  out.cut = bisection(graph, {.operations = 5e8, .rounds = 8}).low;
  if (dies < 2 && joins == Joins::dies) return out;
  const bool complete = std::ranges::all_of(neighbours, [&](const auto& n) { return n.size() + 1 == dies; });
  // All links of a complete graph are in rings at once (Walecki's decomposition).
  out.ring_links = complete ? out.degree : std::min(2.0, out.degree);
  out.ring_hops = dies < 2 ? 2 : ring_through(neighbours, dies).step;
  return out;
}

}  // namespace

bool joins(const Generator& topology, std::size_t dies, std::string& why) {
  return graph_of(topology, dies, why).has_value();
}

GraphFigures figures_by_dies(const Generator& topology, std::size_t dies) {
  for (std::size_t n = std::min(dies, most_dies); n > 0; --n) {
    std::string why;
    if (const auto graph = graph_of(topology, n, why)) return figures_of(*graph, topology.joins);
  }
  return {};
}

Edges edges(const Generator& topology, std::size_t dies) {
  Edges list;
  std::string why;
  const auto graph = graph_of(topology, dies, why);
  if (!graph) return list;
  for (const auto& c : graph->channels)
    if (c.from < c.to) list.emplace_back(c.from, c.to);
  return list;
}

}  // namespace marquetry::topology
