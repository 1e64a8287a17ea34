#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <utility>

#include "topology/cuts.h"

namespace marquetry::topology {
namespace {

// Loads of the directions of links, by router and place in its list of neighbours.
using Loads = std::vector<std::vector<double>>;

Loads none_of(const Adjacency& graph) {
  Loads loads(graph.size());
  for (std::size_t r = 0; r < graph.size(); ++r) loads[r].resize(graph[r].size());
  return loads;
}

// On all shortest ways in equal shares: ways are counted forwards, shares summed up backwards (Brandes, J.
// Math. Sociol. 25, 2001).
void spread(const Adjacency& graph, const Halving& halving, std::uint32_t source, Loads& loads) {
  const auto away = hops(graph, source);
  std::vector<std::uint32_t> order;
  for (std::uint32_t r = 0; r < graph.size(); ++r)
    if (away[r] != none) order.push_back(r);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t r) { return away[r]; });
  std::vector<double> ways(graph.size()), flow(graph.size());
  ways[source] = 1;
  for (const auto r : order)
    for (const auto& n : graph[r])
      if (away[n.router] == away[r] + 1) ways[n.router] += ways[r] * n.links;
  for (std::size_t i = order.size(); i-- > 0;) {
    const auto r = order[i];
    for (std::size_t k = 0; k < graph[r].size(); ++k) {
      const auto& n = graph[r][k];
      if (away[n.router] != away[r] + 1) continue;
      const double share = flow[n.router] * ways[r] / ways[n.router];
      loads[r][k] += share * halving.nodes[source];
      flow[r] += share * n.links;
    }
    flow[r] += halving.nodes[r];
  }
}

// All on one shortest way by length.
void send(const Adjacency& graph, const Halving& halving, std::uint32_t source, const Loads& lengths,
          Loads& loads) {
  struct From {
    std::uint32_t router{none};
    std::size_t place{};
  };
  std::vector<double> away(graph.size(), HUGE_VAL), flow(graph.size());
  std::vector<From> from(graph.size());
  std::vector<std::uint32_t> order;
  std::vector<std::uint8_t> done(graph.size());
  using Item = std::pair<double, std::uint32_t>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
  away[source] = 0;
  open.emplace(0, source);
  while (!open.empty()) {
    const auto r = open.top().second;
    open.pop();
    if (done[r]) continue;
    done[r] = 1;
    order.push_back(r);
    for (std::size_t k = 0; k < graph[r].size(); ++k) {
      const auto to = graph[r][k].router;
      const double length = away[r] + lengths[r][k];
      if (length < away[to]) away[to] = length, from[to] = {r, k}, open.emplace(length, to);
    }
  }
  for (std::size_t i = order.size(); i-- > 1;) {
    const auto r = order[i];
    flow[r] += halving.nodes[r];
    const auto& [before, place] = from[r];
    loads[before][place] += flow[r] * halving.nodes[source] / graph[before][place].links;
    flow[before] += flow[r];
  }
}

double greatest(const Loads& loads) {
  double most = 0;
  for (const auto& list : loads)
    for (const double load : list) most = std::max(most, load);
  return most;
}

std::uint32_t bound(const Halving& halving, double load) {
  const double pairs = static_cast<double>(halving.half) * (halving.all - halving.half);
  return load > 0 ? static_cast<std::uint32_t>(std::ceil(pairs / load - 1e-6)) : 0;
}

}  // namespace

std::uint32_t flow_bound(const Adjacency& graph, const Halving& halving, std::uint32_t enough,
                         std::uint32_t rounds) {
  auto loads = none_of(graph);
  for (std::uint32_t s = 0; s < graph.size(); ++s)
    if (halving.nodes[s] > 0) spread(graph, halving, s, loads);
  double most = greatest(loads);
  std::uint32_t low = bound(halving, most);
  // Ways that are short where lengths grow steeply with load, mixed in with falling shares (Frank, Wolfe,
  // Naval Res. Logist. Q. 3, 1956).
  constexpr double steepness = 24;
  for (std::uint32_t round = 0; round < rounds && low < enough; ++round) {
    auto lengths = loads, other = none_of(graph);
    for (auto& list : lengths)
      for (double& length : list) length = std::exp(steepness * (length / most - 1)) + 1e-9;
    for (std::uint32_t s = 0; s < graph.size(); ++s)
      if (halving.nodes[s] > 0) send(graph, halving, s, lengths, other);
    const double share = 1.0 / (round + 3);
    for (std::size_t r = 0; r < loads.size(); ++r)
      for (std::size_t k = 0; k < loads[r].size(); ++k) loads[r][k] += share * (other[r][k] - loads[r][k]);
    most = greatest(loads);
    low = std::max(low, bound(halving, most));
  }
  return low;
}

}  // namespace marquetry::topology
