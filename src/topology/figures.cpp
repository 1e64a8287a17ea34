#include "topology/figures.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/stoer_wagner_min_cut.hpp>
#include <cmath>
#include <iterator>
#include <map>

#include "topology/adjacency.h"

namespace marquetry::topology {
namespace {

struct Edge {
  std::uint32_t link{}, piece{};
  int weight{1};
};
using Undirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, Edge>;

// Each pair of neighbours once: Boost's pieces without articulation points take no parallel links.
Undirected undirected(const Graph& graph) {
  Undirected made{graph.routers};
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::uint32_t, int>> pairs;
  for (const auto& c : graph.channels) ++pairs[std::minmax(c.from, c.to)][c.link];
  for (const auto& [ends, links] : pairs)
    boost::add_edge(ends.first, ends.second,
                    Edge{.link = links.begin()->first, .weight = static_cast<int>(links.size())}, made);
  return made;
}

void hanging(Undirected& graph, Figures& out) {
  std::vector<std::size_t> cuts;
  const auto [pieces, end] =
      boost::biconnected_components(graph, boost::get(&Edge::piece, graph), std::back_inserter(cuts));
  (void)end;
  for (const auto router : cuts) out.cuts.push_back(static_cast<std::uint32_t>(router));
  std::ranges::sort(out.cuts);
  std::vector<int> links(pieces);
  std::vector<std::uint32_t> last(pieces);
  for (const auto& edge : boost::make_iterator_range(boost::edges(graph)))
    links[graph[edge].piece] += graph[edge].weight, last[graph[edge].piece] = graph[edge].link;
  for (std::size_t piece = 0; piece < pieces; ++piece)
    if (links[piece] == 1) out.bridges.push_back(last[piece]);
  std::ranges::sort(out.bridges);
  if (out.routers > 1)
    out.connectivity =
        static_cast<std::uint32_t>(boost::stoer_wagner_min_cut(graph, boost::get(&Edge::weight, graph)));
}

// Between nodes: those at one router are no link apart.
void distances(const Graph& graph, const Adjacency& neighbours, Figures& out) {
  std::vector<std::uint64_t> nodes(graph.routers);
  for (const auto& t : graph.terminals) ++nodes[t.router];
  double sum = 0;
  for (std::uint32_t from = 0; from < graph.routers; ++from) {
    if (nodes[from] == 0) continue;
    const auto away = hops(neighbours, from);
    for (std::uint32_t to = 0; to < graph.routers; ++to) {
      if (nodes[to] == 0) continue;
      out.diameter = std::max(out.diameter, away[to]);
      sum += static_cast<double>(nodes[from] * nodes[to]) * away[to];
    }
  }
  const auto all = static_cast<double>(graph.terminals.size());
  if (all > 1) out.mean_hops = sum / (all * (all - 1));
}

// How many routers have nodes, if these are the first ones.
std::uint32_t first_with_nodes(const Graph& graph) {
  std::vector<std::uint8_t> has(graph.routers);
  for (const auto& t : graph.terminals) has[t.router] = 1;
  const auto end = std::ranges::find(has, std::uint8_t{0});
  return std::find(end, has.end(), std::uint8_t{1}) == has.end()
             ? static_cast<std::uint32_t>(end - has.begin())
             : 0;
}

}  // namespace

double passed(Point a, Point b) {
  const double x = std::abs(a.x - b.x), y = std::abs(a.y - b.y);
  const bool abut = std::max(x, y) <= 1 && std::min(x, y) <= 0.5;
  return abut ? 0 : std::max(0.0, x + y - 1);
}

std::optional<Figures> figures(const Graph& graph, const BisectionEffort& effort) {
  if (graph.routers > most_figured) return std::nullopt;
  Figures out{.routers = graph.routers, .nodes = static_cast<std::uint32_t>(graph.terminals.size())};
  auto links = undirected(graph);
  const auto neighbours = adjacency(graph);
  std::uint32_t ends = 0;
  for (const auto& list : neighbours) {
    std::uint32_t here = 0;
    for (const auto& n : list) here += n.links;
    out.degree = std::max(out.degree, here);
    ends += here;
  }
  out.links = ends / 2;
  distances(graph, neighbours, out);
  out.bisection = bisection(graph, effort);
  if (graph.places.size() == graph.routers) {
    out.span = 0;
    for (const auto& c : graph.channels)
      out.span = std::max(*out.span, passed(graph.places[c.from], graph.places[c.to]));
  }
  if (const auto members = first_with_nodes(graph)) out.ring = ring_through(neighbours, members);
  hanging(links, out);
  return out;
}

}  // namespace marquetry::topology
