#include "topology/bisection.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "topology/adjacency.h"
#include "topology/cuts.h"

namespace marquetry::topology {
namespace {

// Nodes of each router, and of the smaller half: as near to half of all as whole routers come.
struct Weights {
  std::vector<std::uint32_t> of{};
  std::uint32_t all{}, half{};
  std::vector<std::uint8_t> some{};  // a half, by router: whichever is met first
};

Weights weights(const Graph& graph) {
  Weights w;
  w.of.resize(graph.routers);
  for (const auto& t : graph.terminals) ++w.of[t.router];
  // In units: four nodes at every router are one.
  std::uint32_t unit = 0;
  for (const auto nodes : w.of) unit = std::gcd(unit, nodes);
  for (auto& nodes : w.of) nodes /= std::max(unit, 1u), w.all += nodes;
  // Which router first makes each sum up.
  std::vector<std::uint32_t> by(w.all / 2 + 1, none);
  by[0] = 0;
  for (std::uint32_t r = 0; r < graph.routers; ++r)
    for (std::uint32_t sum = w.all / 2; w.of[r] > 0 && sum >= w.of[r]; --sum)
      if (by[sum] == none && by[sum - w.of[r]] != none) by[sum] = r;
  w.half = w.all / 2;
  while (by[w.half] == none) --w.half;
  w.some.resize(graph.routers);
  for (std::uint32_t sum = w.half; sum > 0; sum -= w.of[by[sum]]) w.some[by[sum]] = 1;
  return w;
}

std::uint32_t cut_of(const Adjacency& graph, const std::vector<std::uint8_t>& side) {
  std::uint32_t cut = 0;
  for (std::uint32_t r = 0; r < graph.size(); ++r)
    for (const auto& n : graph[r])
      if (n.router > r && side[r] != side[n.router]) cut += n.links;
  return cut;
}

// Kernighan and Lin: exchange the pair of equal weight that gains most, though it lose, each router once;
// keep the best of the way. Routers without nodes move alone.
class Exchange {
 public:
  Exchange(const Adjacency& graph, const Weights& weights) : graph_{graph}, weights_{weights} {}

  void improve(std::vector<std::uint8_t>& side) {
    while (pass(side)) {
    }
  }

 private:
  struct Move {
    int gain{};
    std::uint32_t a{none}, b{none};
  };

  // What the cut loses if r changes sides.
  int gain(const std::vector<std::uint8_t>& side, std::uint32_t r) const {
    int g = 0;
    for (const auto& n : graph_[r])
      g += static_cast<int>(side[n.router] != side[r] ? n.links : 0) -
           static_cast<int>(side[n.router] == side[r] ? n.links : 0);
    return g;
  }

  int between(std::uint32_t a, std::uint32_t b) const {
    const auto found = std::ranges::lower_bound(graph_[a], b, {}, &Neighbour::router);
    return found != graph_[a].end() && found->router == b ? static_cast<int>(found->links) : 0;
  }

  Move best(const std::vector<std::uint8_t>& side) const {
    Move best{.gain = -1'000'000'000};
    for (std::uint32_t a = 0; a < graph_.size(); ++a) {
      if (locked_[a]) continue;
      if (weights_.of[a] == 0 && gains_[a] > best.gain) best = {gains_[a], a, none};
      if (side[a] != 0) continue;
      for (std::uint32_t b = 0; b < graph_.size(); ++b) {
        if (locked_[b] || side[b] == 0 || weights_.of[a] != weights_.of[b] ||
            gains_[a] + gains_[b] <= best.gain)
          continue;
        const int g = gains_[a] + gains_[b] - 2 * between(a, b);
        if (g > best.gain) best = {g, a, b};
      }
    }
    return best;
  }

  void flip(std::vector<std::uint8_t>& side, std::uint32_t r) {
    side[r] ^= 1u;
    locked_[r] = 1;
    gains_[r] = gain(side, r);
    for (const auto& n : graph_[r]) gains_[n.router] = gain(side, n.router);
  }

  bool pass(std::vector<std::uint8_t>& side) {
    locked_.assign(graph_.size(), 0);
    gains_.resize(graph_.size());
    for (std::uint32_t r = 0; r < graph_.size(); ++r) gains_[r] = gain(side, r);
    auto trial = side;
    int sum = 0, most = 0;
    while (true) {
      const auto move = best(trial);
      if (move.a == none) break;
      flip(trial, move.a);
      if (move.b != none) flip(trial, move.b);
      sum += move.gain;
      if (sum > most) most = sum, side = trial;
      // A long way down is not worth following.
      if (sum < most - 64) break;
    }
    return most > 0;
  }

  const Adjacency& graph_;
  const Weights& weights_;
  std::vector<std::uint8_t> locked_{};
  std::vector<int> gains_{};
};

// The first routers of an order that hold half of the nodes; later ones fill up where a router is too large.
std::vector<std::uint8_t> halved(const Weights& weights, const std::vector<std::uint32_t>& order) {
  std::vector<std::uint8_t> side(order.size());
  std::uint32_t nodes = 0;
  for (const auto r : order)
    if (nodes + weights.of[r] <= weights.half && (weights.of[r] > 0 || nodes < weights.half))
      side[r] = 1, nodes += weights.of[r];
  return nodes == weights.half ? side : weights.some;
}

// By number, by place along four directions, by nearness to a router.
std::vector<std::vector<std::uint32_t>> orders(const Graph& graph, const Adjacency& neighbours) {
  std::vector<std::uint32_t> order(graph.routers);
  std::iota(order.begin(), order.end(), 0u);
  std::vector<std::vector<std::uint32_t>> list{order};
  if (graph.places.size() == graph.routers) {
    for (const auto& [x, y] : {std::pair{1.0, 0.001}, {0.001, 1.0}, {1.0, 1.0}, {1.0, -1.0}}) {
      auto by = order;
      std::ranges::stable_sort(
          by, {}, [&](std::uint32_t r) { return x * graph.places[r].x + y * graph.places[r].y; });
      list.push_back(std::move(by));
    }
  }
  for (const std::uint32_t from : {0u, graph.routers / 2}) {
    const auto away = hops(neighbours, from);
    auto by = order;
    std::ranges::stable_sort(by, {}, [&](std::uint32_t r) { return away[r]; });
    list.push_back(std::move(by));
  }
  return list;
}

}  // namespace

Bisection bisection(const Graph& graph, const BisectionEffort& effort) {
  const auto neighbours = adjacency(graph);
  const auto nodes = weights(graph);
  Bisection found{.high = none};
  if (nodes.half == 0) return {.method = "nothing to part", .side = std::vector<std::uint8_t>(graph.routers)};
  const auto ways = orders(graph, neighbours);
  Exchange exchange{neighbours, nodes};
  for (const auto& order : ways) {
    auto side = halved(nodes, order);
    // Exchanging costs the cube of the number of routers.
    if (graph.routers <= 512) exchange.improve(side);
    const auto cut = cut_of(neighbours, side);
    if (cut < found.high) found.high = cut, found.side = std::move(side);
  }
  const Halving halving{nodes.of, nodes.half, nodes.all};
  found.method = "flows between all pairs";
  found.low = flow_bound(neighbours, halving, found.high, 0);
  if (found.low == found.high) return found;
  if (const auto least = least_cut(neighbours, halving, ways, effort.operations)) {
    if (*least < found.high) found.side.clear();
    found.low = found.high = *least;
    found.method = "all halvings, router by router";
    return found;
  }
  if (effort.rounds > 0 && graph.routers <= 256)
    found.low = std::max(found.low, flow_bound(neighbours, halving, found.high, effort.rounds));
  return found;
}

}  // namespace marquetry::topology
