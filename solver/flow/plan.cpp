#include "flow/plan.h"

#include <algorithm>

namespace marquetry::flow {
namespace {

// Routers so that each comes before those that it sends to.
std::vector<std::uint32_t> downhill(const topology::Graph& graph, const Plan& plan, std::size_t node) {
  std::vector<std::uint32_t> feeding(graph.routers), order;
  for (std::size_t r = 0; r < graph.routers; ++r) {
    for (const auto& s : plan.at(node, r)) ++feeding[graph.channels[s.channel].to];
  }
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    if (feeding[r] == 0) order.push_back(r);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const auto& s : plan.at(node, order[i])) {
      const auto to = graph.channels[s.channel].to;
      if (--feeding[to] == 0) order.push_back(to);
    }
  }
  return order;
}

// Shortest ways in cycles to every router, by that router.
std::vector<Tree> shortest_trees(const topology::Graph& graph) {
  const auto plain =
      demand(graph, std::vector<double>(graph.terminals.size() * graph.terminals.size()), false);
  std::vector<double> cycles;
  for (const auto& c : graph.channels) cycles.push_back(c.latency);
  std::vector<Tree> out;
  for (std::uint32_t d = 0; d < graph.routers; ++d) {
    out.push_back(shortest(plain, {d, {}, std::vector<bool>(graph.channels.size(), true)}, cycles));
  }
  return out;
}

}  // namespace

namespace {

// Rounding leaves traces of flow that end where no flow goes on: packets on them would run in circles.
void drop_dead_ends(const topology::Graph& graph, std::uint32_t root, std::vector<double>& flow) {
  for (bool again = true; again;) {
    again = false;
    std::vector<bool> goes_on(graph.routers);
    goes_on[root] = true;
    for (std::size_t c = 0; c < flow.size(); ++c)
      if (flow[c] > 0) goes_on[graph.channels[c].from] = true;
    for (std::size_t c = 0; c < flow.size(); ++c) {
      if (flow[c] <= 0 || goes_on[graph.channels[c].to]) continue;
      flow[c] = 0;
      again = true;
    }
  }
}

}  // namespace

Plan spread_plan(const topology::Graph& graph, const Optimum& optimum) {
  Plan plan{graph.routers, std::vector<std::vector<Share>>(graph.terminals.size() * graph.routers),
            std::vector<std::uint8_t>(graph.terminals.size())};
  const auto nearest = shortest_trees(graph);
  const std::size_t channels = graph.channels.size();
  for (std::size_t node = 0; node < graph.terminals.size(); ++node) {
    const auto root = graph.terminals[node].router;
    std::vector<double> flow(optimum.flow.begin() + static_cast<std::ptrdiff_t>(root * channels),
                             optimum.flow.begin() + static_cast<std::ptrdiff_t>((root + 1) * channels));
    for (auto& f : flow) f = f < 1e-9 ? 0 : f;
    drop_circles(graph, flow);
    drop_dead_ends(graph, root, flow);
    std::vector<double> sent(graph.routers);
    for (std::size_t c = 0; c < channels; ++c) sent[graph.channels[c].from] += flow[c];
    for (std::uint32_t c = 0; c < channels; ++c) {
      const auto from = graph.channels[c].from;
      if (flow[c] > 0 && from != root) plan.at(node, from).push_back({c, flow[c] / sent[from]});
    }
    for (std::size_t r = 0; r < graph.routers; ++r) {
      if (r != root && plan.at(node, r).empty() && nearest[root].first[r] != topology::none) {
        plan.at(node, r).push_back({nearest[root].first[r], 1});
      }
    }
  }
  return plan;
}

std::vector<double> plan_loads(const topology::Graph& graph, std::span<const double> matrix,
                               const Plan& plan) {
  std::vector<double> loads(graph.channels.size());
  const std::size_t nodes = graph.terminals.size();
  for (std::size_t d = 0; d < nodes; ++d) {
    std::vector<double> through(graph.routers);
    for (std::size_t s = 0; s < nodes; ++s) through[graph.terminals[s].router] += matrix[s * nodes + d];
    for (const auto r : downhill(graph, plan, d)) {
      for (const auto& s : plan.at(d, r)) {
        loads[s.channel] += through[r] * s.part;
        through[graph.channels[s.channel].to] += through[r] * s.part;
      }
    }
  }
  return loads;
}

double greatest_use(const Demand& demand, std::span<const double> loads) {
  double most = demand.busiest;
  for (std::size_t c = 0; c < loads.size(); ++c) {
    most = std::max(most, loads[c] / demand.graph->channels[c].width);
  }
  return most;
}

routing::Routing table(const topology::Graph& graph, const Plan& plan, std::uint32_t vcs) {
  routing::Routing out;
  out.vcs = vcs;
  const std::size_t nodes = graph.terminals.size();
  out.begin.push_back(0);
  for (std::size_t r = 0; r < graph.routers; ++r) {
    for (std::size_t d = 0; d < nodes; ++d) {
      if (graph.terminals[d].router == r) {
        out.ways.push_back({graph.terminals[d].out_port, 0, vcs - 1, 0, 1});
      }
      for (const auto& s : plan.at(d, r)) {
        out.ways.push_back({graph.channels[s.channel].out_port, 0, vcs - 1, 0, s.part});
      }
      out.begin.push_back(static_cast<std::uint32_t>(out.ways.size()));
    }
  }
  out.layers = plan.layers;
  if (plan.layers > 1) {
    for (std::size_t s = 0; s < nodes; ++s) {
      out.layer.insert(out.layer.end(), plan.layer.begin(), plan.layer.end());
    }
  }
  return out;
}

}  // namespace marquetry::flow
