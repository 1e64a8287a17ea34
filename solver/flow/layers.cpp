// Layers of virtual channels for a plan, destination by destination: the ways to one node have no circle of
// dependencies among themselves, so that each fits into some layer. Where all layers are full, ways are laid
// anew inside the last one over channels that close no circle; a spanning tree, whose dependencies lie in
// that layer from the start, is always left (the idea of Nue: Domke, Hoefler, Matsuoka, HPDC 2016).
#include <algorithm>
#include <cmath>

#include "flow/plan.h"

namespace marquetry::flow {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;  // the one channel held, the other asked for

class Dependencies {
 public:
  explicit Dependencies(std::size_t channels) : after_(channels), mark_(channels) {}

  bool has(Edge e) const { return std::ranges::find(after_[e.first], e.second) != after_[e.first].end(); }
  // Adds what closes no circle; leaves things as they are, and says no, where one of them does.
  bool add(const std::vector<Edge>& edges) {
    std::vector<Edge> added;
    for (const auto& e : edges) {
      if (has(e)) continue;
      if (leads(e.second, e.first)) {
        for (auto a = added.rbegin(); a != added.rend(); ++a) after_[a->first].pop_back();
        return false;
      }
      after_[e.first].push_back(e.second);
      added.push_back(e);
    }
    return true;
  }

 private:
  bool leads(std::uint32_t from, std::uint32_t to) {
    ++stamp_;
    std::vector<std::uint32_t> open{from};
    mark_[from] = stamp_;
    while (!open.empty()) {
      const auto here = open.back();
      open.pop_back();
      if (here == to) return true;
      for (const auto next : after_[here]) {
        if (mark_[next] == stamp_) continue;
        mark_[next] = stamp_;
        open.push_back(next);
      }
    }
    return false;
  }

  std::vector<std::vector<std::uint32_t>> after_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t stamp_{};
};

class Layering {
 public:
  Layering(const Demand& demand, std::span<const double> matrix, Plan& plan)
      : demand_{demand}, graph_{*demand.graph}, matrix_{matrix}, plan_{plan} {}

  // How many layers it takes; those that do not fit into `most` are returned.
  std::vector<std::size_t> place(std::uint32_t most, bool tree_in_last) {
    layers_.clear();
    std::vector<std::size_t> left;
    if (tree_in_last) {
      while (layers_.size() < most) layers_.emplace_back(graph_.channels.size());
      layers_.back().add(tree_turns());
    }
    for (std::size_t d = 0; d < plan_.layer.size(); ++d) {
      if (!place_one(d, most)) left.push_back(d);
    }
    return left;
  }
  std::uint32_t count() const { return static_cast<std::uint32_t>(std::max<std::size_t>(1, layers_.size())); }

  // Ways to a node within the last layer, over channels that are little used.
  void lay_anew(std::size_t node) {
    for (std::size_t r = 0; r < graph_.routers; ++r) plan_.at(node, r).clear();
    const auto loads = plan_loads(graph_, matrix_, plan_);
    std::vector<double> length;
    for (std::size_t c = 0; c < loads.size(); ++c) {
      length.push_back(1e-3 * graph_.channels[c].latency + std::pow(loads[c] / graph_.channels[c].width, 4));
    }
    if (!grow(node, length)) follow_tree(node);
    plan_.layer[node] = static_cast<std::uint8_t>(layers_.size() - 1);
  }

 private:
  // Of the ways to a node: channel into a router, channel out of it. A router from which nothing comes in by
  // the traffic counts all the same: tables route whatever is sent.
  std::vector<Edge> turns(std::size_t node) const {
    std::vector<Edge> out;
    for (std::size_t r = 0; r < graph_.routers; ++r) {
      for (const auto& first : plan_.at(node, r)) {
        for (const auto& second : plan_.at(node, graph_.channels[first.channel].to)) {
          out.emplace_back(first.channel, second.channel);
        }
      }
    }
    return out;
  }

  bool place_one(std::size_t node, std::uint32_t most) {
    const auto wanted = turns(node);
    for (std::size_t l = 0; l < most; ++l) {
      if (l == layers_.size()) layers_.emplace_back(graph_.channels.size());
      if (!layers_[l].add(wanted)) continue;
      plan_.layer[node] = static_cast<std::uint8_t>(l);
      return true;
    }
    return false;
  }

  // Channels of a breadth-first tree, from the router with most links: up ones, and each one's way back.
  void span_tree() {
    std::uint32_t root = 0;
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      if (demand_.out_of[r].size() > demand_.out_of[root].size()) root = r;
    }
    up_.assign(graph_.routers, topology::none);
    down_.assign(graph_.routers, topology::none);
    std::vector<std::uint32_t> order{root};
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const auto c : demand_.out_of[order[i]]) {
        const auto to = graph_.channels[c].to;
        if (to == root || down_[to] != topology::none) continue;
        const auto back = std::ranges::find_if(demand_.out_of[to],
                                               [&](auto b) { return graph_.channels[b].to == order[i]; });
        if (back == demand_.out_of[to].end()) continue;
        down_[to] = c;
        up_[to] = *back;
        order.push_back(to);
      }
    }
  }

  std::vector<Edge> tree_turns() {
    span_tree();
    std::vector<Edge> out;
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      if (up_[r] == topology::none) continue;
      const auto parent = graph_.channels[up_[r]].to;
      if (up_[parent] != topology::none) {
        out.emplace_back(up_[r], up_[parent]);
        out.emplace_back(down_[parent], down_[r]);
      }
      for (std::uint32_t s = 0; s < graph_.routers; ++s) {
        if (s != r && down_[s] != topology::none && graph_.channels[down_[s]].from == parent) {
          out.emplace_back(up_[r], down_[s]);
        }
      }
    }
    return out;
  }

  void follow_tree(std::size_t node) {
    std::vector<std::uint32_t> down(graph_.routers, topology::none);  // towards the node where it lies below
    for (auto r = graph_.terminals[node].router; up_[r] != topology::none; r = graph_.channels[up_[r]].to) {
      down[graph_.channels[up_[r]].to] = down_[r];
    }
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      plan_.at(node, r).clear();
      if (r == graph_.terminals[node].router) continue;
      plan_.at(node, r).push_back({down[r] != topology::none ? down[r] : up_[r], 1});
    }
  }

  // Dijkstra from the node backwards; a channel is taken where its dependency closes no circle.
  bool grow(std::size_t node, std::span<const double> length) {
    auto trial = layers_.back();
    const auto root = graph_.terminals[node].router;
    std::vector<double> distance(graph_.routers, std::numeric_limits<double>::infinity());
    std::vector<std::uint32_t> next(graph_.routers, topology::none);
    std::vector<bool> settled(graph_.routers);
    distance[root] = 0;
    settled[root] = true;
    auto here = root;
    for (std::uint32_t reached = 1; reached < graph_.routers; ++reached) {
      for (const auto c : demand_.into[here]) {
        offers_.push_back({distance[here] + length[c], c});
        std::ranges::push_heap(offers_, std::greater<>{});
      }
      bool found = false;
      while (!found && !offers_.empty()) {
        std::ranges::pop_heap(offers_, std::greater<>{});
        const auto [far, c] = offers_.back();
        offers_.pop_back();
        const auto from = graph_.channels[c].from, to = graph_.channels[c].to;
        if (settled[from] || (to != root && !trial.add({{c, next[to]}}))) continue;
        settled[from] = found = true;
        distance[from] = far;
        next[from] = c;
        here = from;
      }
      if (!found) {
        offers_.clear();
        return false;
      }
    }
    offers_.clear();
    layers_.back() = std::move(trial);
    for (std::uint32_t r = 0; r < graph_.routers; ++r) {
      if (r != root) plan_.at(node, r).push_back({next[r], 1});
    }
    return true;
  }

  const Demand& demand_;
  const topology::Graph& graph_;
  std::span<const double> matrix_;
  Plan& plan_;
  std::vector<Dependencies> layers_;
  std::vector<std::uint32_t> up_, down_;  // tree channels of each router to and from its parent
  std::vector<std::pair<double, std::uint32_t>> offers_;
};

}  // namespace

std::uint32_t lay_layers(const Demand& demand, std::span<const double> matrix, Plan& plan,
                         std::uint32_t most_layers) {
  Layering layering{demand, matrix, plan};
  layering.place(255, false);
  const auto needed = layering.count();
  plan.layers = needed;
  if (needed <= most_layers) return needed;
  plan.layers = most_layers;
  for (const auto node : layering.place(most_layers, true)) layering.lay_anew(node);
  return needed;
}

}  // namespace marquetry::flow
