#include "routing/layers.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/rng.h"
#include "routing/load.h"
#include "routing/rows.h"
#include "routing/turn_graph.h"

namespace marquetry::routing {
namespace {

using topology::Graph;

constexpr std::uint32_t most_layers = 255;  // Routing::layer
// Channels looked at in all: some seconds. Counted, so that the same layers are found on any machine.
constexpr std::uint64_t most_steps = 300'000'000;
using Layers = std::vector<std::uint32_t>;  // by pair that turns
using Order = std::vector<std::uint32_t>;

std::uint32_t count(const Layers& layers) {
  return layers.empty() ? 1 : 1 + *std::max_element(layers.begin(), layers.end());
}

// The first layer that takes a pair, in that order (LASH); nothing where no steps are left.
std::optional<Layers> first_fit(const PairTurns& all, const Order& order, std::uint64_t& steps) {
  std::vector<TurnGraph> graphs;
  Layers out(all.size());
  for (const auto pair : order) {
    std::uint32_t layer = 0;
    while (layer < graphs.size() && !graphs[layer].add(pair)) ++layer;
    if (layer == graphs.size()) {
      graphs.emplace_back(all, steps);
      graphs.back().add(pair);
    }
    if (steps == 0) return std::nullopt;
    out[pair] = layer;
  }
  return out;
}

// How many pairs of a layer make each turn.
std::vector<std::uint32_t> users_of(const PairTurns& all, const Layers& layers, std::uint32_t layer) {
  std::vector<std::uint32_t> out(all.turns.size());
  for (std::uint32_t p = 0; p < all.size(); ++p)
    for (auto i = all.begin[p]; layers[p] == layer && i != all.begin[p + 1]; ++i) ++out[all.turn[i]];
  return out;
}

// All in one layer; of each circle the turn that fewest pairs need goes to the next layer, with them
// (DFSSSP); nothing where no steps are left.
std::optional<Layers> by_weakest_turn(const PairTurns& all, std::uint64_t& steps) {
  Layers out(all.size());
  std::vector<std::vector<std::uint32_t>> pairs_of(all.turns.size());
  for (std::uint32_t p = 0; p < all.size(); ++p)
    for (auto i = all.begin[p]; i != all.begin[p + 1]; ++i) pairs_of[all.turn[i]].push_back(p);
  const auto move_up = [&](std::uint32_t pair, std::vector<std::uint32_t>& users) {
    ++out[pair];
    for (auto i = all.begin[pair]; i != all.begin[pair + 1]; ++i) --users[all.turn[i]];
  };
  for (std::uint32_t layer = 0; layer < most_layers; ++layer) {
    auto users = users_of(all, out, layer);
    auto found = circle(all, users);
    if (found.empty()) break;
    for (; !found.empty(); found = circle(all, users)) {
      const auto cost = all.turns.size() + all.channels;
      if (steps < cost) return std::nullopt;
      steps -= cost;
      const auto weakest =
          *std::min_element(found.begin(), found.end(), [&](auto a, auto b) { return users[a] < users[b]; });
      for (const auto p : pairs_of[weakest])
        if (out[p] == layer) move_up(p, users);
    }
  }
  return out;
}

// Pairs of a destination together.
std::optional<Layers> by_destination(const PairTurns& all, std::uint32_t nodes, std::uint64_t& steps) {
  PairTurns joined{.channels = all.channels, .turns = all.turns};
  for (std::uint32_t d = 0; d < nodes; ++d) {
    for (std::uint32_t p = 0; p < all.size(); ++p)
      if (all.pair[p] % nodes == d)
        joined.turn.insert(joined.turn.end(), all.turn.begin() + all.begin[p],
                           all.turn.begin() + all.begin[p + 1]);
    joined.pair.push_back(d);
    joined.begin.push_back(static_cast<std::uint32_t>(joined.turn.size()));
  }
  Order order(nodes);
  std::iota(order.begin(), order.end(), 0u);
  const auto layers = first_fit(joined, order, steps);
  if (!layers) return std::nullopt;
  Layers out(all.size());
  for (std::uint32_t p = 0; p < all.size(); ++p) out[p] = (*layers)[all.pair[p] % nodes];
  return out;
}

std::vector<Order> orders(const PairTurns& all) {
  constexpr int shuffles = 4;
  Order plain(all.size());
  std::iota(plain.begin(), plain.end(), 0u);
  const auto length = [&](std::uint32_t p) { return all.begin[p + 1] - all.begin[p]; };
  std::vector<Order> out{plain, plain, plain};
  std::stable_sort(out[1].begin(), out[1].end(), [&](auto a, auto b) { return length(a) > length(b); });
  std::stable_sort(out[2].begin(), out[2].end(), [&](auto a, auto b) { return length(a) < length(b); });
  Rng rng{1};
  for (int i = 0; i < shuffles; ++i) {
    auto shuffled = plain;
    for (auto n = shuffled.size(); n > 1; --n) std::swap(shuffled[n - 1], shuffled[rng.below(n)]);
    out.push_back(std::move(shuffled));
  }
  return out;
}

// As many layers, with as many pairs in each as will do; nothing where a pair fits into none.
std::optional<Layers> levelled(const PairTurns& all, const Order& order, std::uint32_t layers,
                               std::uint64_t& steps) {
  std::vector<TurnGraph> graphs(layers, TurnGraph{all, steps});
  std::vector<std::uint32_t> emptiest(layers);
  std::iota(emptiest.begin(), emptiest.end(), 0u);
  Layers out(all.size());
  for (const auto pair : order) {
    std::stable_sort(emptiest.begin(), emptiest.end(),
                     [&](auto a, auto b) { return graphs[a].pairs() < graphs[b].pairs(); });
    const auto found =
        std::find_if(emptiest.begin(), emptiest.end(), [&](auto layer) { return graphs[layer].add(pair); });
    if (found == emptiest.end()) return std::nullopt;
    out[pair] = *found;
  }
  return out;
}

}  // namespace

std::optional<Layering> in_layers(const Graph& graph, const Routing& table, std::uint32_t vcs,
                                  std::string& why) {
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  const auto all = pair_turns(graph, table);
  Layering out{.routing = table, .bound = 2};
  std::uint64_t steps = most_steps;
  auto weakest = by_weakest_turn(all, steps);
  if (!weakest) {
    why = "'" + table.name + "' closes more circles than there is time to break";
    return std::nullopt;
  }
  auto best = std::move(*weakest);
  out.parted_by = "pairs, the weakest turn of each circle first";
  if (count(best) == 1) out.bound = 1;
  const auto tries = orders(all);
  const auto consider = [&](std::optional<Layers> found, std::string_view name) {
    if (!found || count(*found) >= count(best)) return;
    best = std::move(*found);
    out.parted_by = name;
  };
  for (const auto& order : tries)
    if (count(best) > out.bound)
      consider(first_fit(all, order, steps), "pairs, each in the first layer that takes it");
  if (count(best) > out.bound) consider(by_destination(all, nodes, steps), "destinations");
  out.layers = count(best);
  if (out.layers > std::min(vcs, most_layers)) {
    why = "without circles '" + table.name + "' takes " + std::to_string(out.layers) +
          " virtual channels, the fewest that were found; there are " + std::to_string(vcs);
    return std::nullopt;
  }
  auto level_steps = most_steps;
  for (const auto& order : tries) {
    if (out.layers == 1) break;
    auto level = levelled(all, order, out.layers, level_steps);
    if (!level) continue;
    best = std::move(*level);
    break;
  }
  out.routing.vcs = vcs;
  out.routing.layers = out.layers;
  for (auto& way : out.routing.ways) way.last_vc = vcs - 1;
  if (out.layers == 1) return out;
  out.routing.layer.assign(std::size_t{nodes} * nodes, 0);
  for (std::uint32_t p = 0; p < all.size(); ++p)
    out.routing.layer[all.pair[p]] = static_cast<std::uint8_t>(best[p]);
  return out;
}

Made shortest_layered(const Graph& graph, std::uint32_t vcs, std::string& why) {
  std::optional<Layering> best;
  double least = 0;
  const auto nodes = graph.terminals.size();
  const std::vector<double> uniform(nodes * nodes, 1);
  for (const auto make : {shortest_balanced, shortest}) {
    std::string reason;
    auto found = in_layers(graph, *make(graph, vcs, reason), vcs, reason);
    if (!found) {
      why = reason;
      continue;
    }
    const double load = 1 / channel_bound(graph, uniform, loads(graph, found->routing, uniform)).load;
    if (best && std::pair{load, found->layers} >= std::pair{least, best->layers}) continue;
    best = std::move(found);
    least = load;
  }
  if (!best) return std::nullopt;
  why.clear();
  best->routing.name = "shortest-layered";
  return std::move(best->routing);
}

}  // namespace marquetry::routing
