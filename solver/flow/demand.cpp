#include "flow/demand.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace marquetry::flow {
namespace {

using Entry = std::pair<double, std::uint32_t>;

// Of the shortest ways in cycles to the commodity's router.
void keep_minimal(const Demand& demand, Commodity& commodity) {
  const auto& channels = demand.graph->channels;
  std::vector<double> cycles;
  for (const auto& c : channels) cycles.push_back(c.latency);
  const auto tree = shortest(demand, commodity, cycles);
  for (std::size_t c = 0; c < channels.size(); ++c) {
    commodity.usable[c] = commodity.usable[c] && tree.distance[channels[c].from] ==
                                                     tree.distance[channels[c].to] + channels[c].latency;
  }
}

}  // namespace

Demand demand(const topology::Graph& graph, std::span<const double> matrix, bool minimal) {
  Demand out;
  out.graph = &graph;
  out.into.resize(graph.routers);
  out.out_of.resize(graph.routers);
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    out.into[graph.channels[c].to].push_back(c);
    out.out_of[graph.channels[c].from].push_back(c);
  }
  const std::size_t nodes = graph.terminals.size();
  out.sent.resize(nodes);
  out.received.resize(nodes);
  std::vector<std::vector<double>> to(graph.routers, std::vector<double>(graph.routers));
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d) {
      const double t = matrix[s * nodes + d];
      out.sent[s] += t;
      out.received[d] += t;
      to[graph.terminals[d].router][graph.terminals[s].router] += t;
    }
  }
  for (std::size_t n = 0; n < 2 * nodes; ++n) {
    const double load = n < nodes ? out.sent[n] : out.received[n - nodes];
    if (load > out.busiest) {
      out.busiest = load;
      out.busiest_node = graph.channels.size() + n;
    }
  }
  for (std::uint32_t d = 0; d < graph.routers; ++d) {
    to[d][d] = 0;
    if (std::ranges::all_of(to[d], [](double t) { return t == 0; })) continue;
    Commodity commodity{d, std::move(to[d]), std::vector<bool>(graph.channels.size(), true)};
    for (const auto c : out.out_of[d]) commodity.usable[c] = false;
    if (minimal) keep_minimal(out, commodity);
    out.commodities.push_back(std::move(commodity));
  }
  return out;
}

Tree shortest(const Demand& demand, const Commodity& commodity, std::span<const double> length) {
  const auto& channels = demand.graph->channels;
  Tree tree;
  tree.distance.assign(demand.graph->routers, std::numeric_limits<double>::infinity());
  tree.first.assign(demand.graph->routers, topology::none);
  std::vector<bool> settled(demand.graph->routers);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  tree.distance[commodity.router] = 0;
  open.emplace(0, commodity.router);
  while (!open.empty()) {
    const auto here = open.top().second;
    open.pop();
    if (settled[here]) continue;
    settled[here] = true;
    tree.order.push_back(here);
    for (const auto c : demand.into[here]) {
      const auto from = channels[c].from;
      const double distance = tree.distance[here] + length[c];
      if (!commodity.usable[c] || settled[from] || distance >= tree.distance[from]) continue;
      tree.distance[from] = distance;
      tree.first[from] = c;
      open.emplace(distance, from);
    }
  }
  return tree;
}

double proved(const Demand& demand, std::span<const double> length) {
  const auto& channels = demand.graph->channels;
  double capacity = 0, needed = 0;
  for (std::size_t i = 0; i < length.size(); ++i) {
    capacity += length[i] * (i < channels.size() ? channels[i].width : 1);
  }
  const std::size_t nodes = demand.sent.size();
  for (std::size_t n = 0; n < nodes; ++n) {
    needed += demand.sent[n] * length[channels.size() + n];
    needed += demand.received[n] * length[channels.size() + nodes + n];
  }
  for (const auto& commodity : demand.commodities) {
    const auto tree = shortest(demand, commodity, length);
    for (std::uint32_t r = 0; r < demand.graph->routers; ++r) {
      if (commodity.from[r] > 0) needed += commodity.from[r] * tree.distance[r];
    }
  }
  return needed > 0 ? capacity / needed : std::numeric_limits<double>::infinity();
}

// Depth-first along channels that carry something; a circle found loses what its weakest channel carries.
void drop_circles(const topology::Graph& graph, std::span<double> flow) {
  std::vector<std::vector<std::uint32_t>> out_of(graph.routers);
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) out_of[graph.channels[c].from].push_back(c);
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> mark(graph.routers);
  std::vector<std::size_t> next(graph.routers);
  for (std::uint32_t start = 0; start < graph.routers; ++start) {
    if (mark[start] != Mark::fresh) continue;
    std::vector<std::uint32_t> path;  // channels from start on
    mark[start] = Mark::open;
    auto here = start;
    while (true) {
      if (next[here] == out_of[here].size()) {
        mark[here] = Mark::done;
        if (path.empty()) break;
        here = graph.channels[path.back()].from;
        path.pop_back();
        continue;
      }
      const auto c = out_of[here][next[here]];
      const auto to = graph.channels[c].to;
      if (flow[c] <= 0 || mark[to] == Mark::done) {
        ++next[here];
        continue;
      }
      path.push_back(c);
      if (mark[to] == Mark::fresh) {
        mark[to] = Mark::open;
        here = to;
        continue;
      }
      auto first = path.size() - 1;  // where the circle begins
      while (graph.channels[path[first]].from != to) --first;
      auto weakest = first;
      for (auto i = first; i < path.size(); ++i) {
        if (flow[path[i]] < flow[path[weakest]]) weakest = i;
      }
      const double least = flow[path[weakest]];
      for (auto i = first; i < path.size(); ++i) flow[path[i]] -= least;
      flow[path[weakest]] = 0;
      for (auto i = weakest; i < path.size(); ++i) {  // what lies behind it starts afresh
        const auto from = graph.channels[path[i]].from;
        if (i > weakest) mark[from] = Mark::fresh, next[from] = 0;
      }
      here = graph.channels[path[weakest]].from;
      path.resize(weakest);
    }
  }
}

}  // namespace marquetry::flow
