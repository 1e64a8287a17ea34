// What belongs together first: a heavy matching, then a tree, then whatever fits.
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <cmath>
#include <numeric>

#include "base/rng.h"
#include "synthesis/state.h"

namespace marquetry::synthesis {
namespace {

using Weighted = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
    boost::property<boost::edge_weight_t, std::int64_t, boost::property<boost::edge_index_t, std::uint32_t>>>;

// How much one wants each candidate: the chain decides by what.
std::vector<std::int64_t> wishes(const Problem& problem, std::uint64_t chain, Rng& rng) {
  const auto n = problem.dies.size();
  double longest = 1e-9;
  for (const auto& c : problem.candidates) longest = std::max(longest, c.length + c.latency);
  std::vector<std::int64_t> out;
  for (const auto& c : problem.candidates) {
    const double flow = problem.traffic[c.a * n + c.b] + problem.traffic[c.b * n + c.a];
    const double nearness = 1 - (c.length + c.latency) / longest;
    const double lot = rng.uniform();
    const double wish = chain == 0   ? flow * c.width + 1e-2 * nearness
                        : chain == 1 ? nearness + 1e-3 * lot
                                     : lot + 0.5 * nearness;
    out.push_back(1 + std::llround(1e6 * wish));
  }
  return out;
}

Weighted weighted(const Problem& problem, const std::vector<std::int64_t>& wish) {
  Weighted graph(problem.dies.size());
  for (std::uint32_t i = 0; i < wish.size(); ++i) {
    const auto& c = problem.candidates[i];
    if (in_reach(c)) boost::add_edge(c.a, c.b, {wish[i], {i}}, graph);
  }
  return graph;
}

// Pairs of dies, the one wished for most first, until nobody is left to pair: at least half the weight of the
// heaviest matching (Preis, STACS 1999). Boost's own leaks memory (1.74).
Links matching(const Problem& problem, const std::vector<std::uint32_t>& order) {
  std::vector<char> taken(problem.dies.size());
  Links out;
  for (const auto i : order) {
    const auto& c = problem.candidates[i];
    if (!in_reach(c) || taken[c.a] != 0 || taken[c.b] != 0) continue;
    taken[c.a] = taken[c.b] = 1;
    out.push_back(i);
  }
  return out;
}

}  // namespace

State start(const Problem& problem, std::uint64_t chain, std::uint64_t seed) {
  State state{problem};
  auto rng = Rng{seed}.fork(chain);
  auto wish = wishes(problem, chain, rng);
  std::vector<std::uint32_t> piece(problem.dies.size());
  std::iota(piece.begin(), piece.end(), 0U);
  const auto build = [&](std::uint32_t i) {
    const auto from = piece[problem.candidates[i].a], to = piece[problem.candidates[i].b];
    state.build(i);
    std::ranges::replace(piece, std::uint32_t{from}, std::uint32_t{to});
  };
  std::vector<std::uint32_t> order(wish.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](auto a, auto b) { return wish[a] > wish[b]; });
  if (chain == 0) {
    for (const auto i : matching(problem, order)) {
      if (state.fits(i)) build(i);
    }
  }
  // Kruskal takes the lightest first: the greatest wish. It knows no limits; what does not fit is made up for
  // below.
  auto heavy = wish;
  for (auto& w : heavy) w = -w;
  const auto graph = weighted(problem, heavy);
  std::vector<boost::graph_traits<Weighted>::edge_descriptor> tree;
  boost::kruskal_minimum_spanning_tree(graph, std::back_inserter(tree));
  for (const auto& edge : tree) {
    const auto i = boost::get(boost::edge_index, graph, edge);
    const auto& c = problem.candidates[i];
    if (piece[c.a] != piece[c.b] && state.fits(i)) build(i);
  }
  for (const auto i : order) {
    const auto& c = problem.candidates[i];
    if (piece[c.a] != piece[c.b] && state.fits(i)) build(i);
  }
  if (problem.goal == Goal::cost) return state;
  for (const auto i : order) {
    if (state.fits(i)) build(i);
  }
  return state;
}

}  // namespace marquetry::synthesis
