// Figures of graphs against brute force: every halving, every router and link taken out.
#include "topology/figures.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <queue>

#include "base/rng.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::topology;

namespace {

// A random tree, and links at random on top, some of them double.
Graph random_graph(Rng& rng) {
  Graph graph{.name = "random", .routers = static_cast<std::uint32_t>(2 + rng.below(11))};
  for (std::uint32_t r = 0; r < graph.routers; ++r) add_terminal(graph, r);
  for (std::uint32_t r = 1; r < graph.routers; ++r)
    add_link(graph, static_cast<std::uint32_t>(rng.below(r)), r);
  for (auto more = rng.below(2 * graph.routers); more > 0; --more) {
    const auto a = static_cast<std::uint32_t>(rng.below(graph.routers));
    const auto b = static_cast<std::uint32_t>(rng.below(graph.routers));
    if (a != b) add_link(graph, a, b);
  }
  return graph;
}

constexpr std::uint32_t nobody = none;

// Pieces without a router and without a link.
std::size_t pieces(const Graph& graph, std::uint32_t no_router, std::uint32_t no_link) {
  std::vector<bool> seen(graph.routers);
  std::size_t count = 0;
  for (std::uint32_t start = 0; start < graph.routers; ++start) {
    if (seen[start] || start == no_router) continue;
    ++count;
    std::queue<std::uint32_t> open{{start}};
    seen[start] = true;
    for (; !open.empty(); open.pop()) {
      for (const auto& c : graph.channels) {
        if (c.from != open.front() || c.link == no_link || c.to == no_router || seen[c.to]) continue;
        seen[c.to] = true;
        open.push(c.to);
      }
    }
  }
  return count;
}

std::uint32_t cut(const Graph& graph, std::uint32_t side) {
  std::uint32_t links = 0;
  for (const auto& c : graph.channels)
    if (c.from < c.to && (side >> c.from & 1) != (side >> c.to & 1)) ++links;
  return links;
}

// Over all halvings of the nodes that are as even as whole routers allow.
std::uint32_t narrowest(const Graph& graph) {
  std::vector<std::uint32_t> nodes(graph.routers);
  for (const auto& t : graph.terminals) ++nodes[t.router];
  const auto all = static_cast<std::uint32_t>(graph.terminals.size());
  std::uint32_t half = 0, least = none;
  for (std::uint32_t side = 0; side < 1u << graph.routers; ++side) {
    std::uint32_t held = 0;
    for (std::uint32_t r = 0; r < graph.routers; ++r) held += (side >> r & 1) * nodes[r];
    if (held > all / 2 || held < half) continue;
    if (held > half) half = held, least = none;
    least = std::min(least, cut(graph, side));
  }
  return half == 0 ? 0 : least;
}

std::uint32_t fewest_links_that_part(const Graph& graph) {
  std::uint32_t least = none;
  for (std::uint32_t side = 1; side + 1 < 1u << graph.routers; ++side)
    least = std::min(least, cut(graph, side));
  return least;
}

void check_ring(const Graph& graph, const Ring& ring) {
  auto sorted = ring.order;
  std::ranges::sort(sorted);
  for (std::uint32_t i = 0; i < sorted.size(); ++i) CHECK(sorted[i] == i);
  const auto neighbours = adjacency(graph);
  std::uint32_t longest = 0;
  for (std::size_t i = 0; i + 1 < ring.order.size(); ++i)
    longest = std::max(longest, hops(neighbours, ring.order[i])[ring.order[i + 1]]);
  CHECK(longest <= ring.step);
  CHECK(ring.step >= std::min(longest, 1u));
  CHECK(hops(neighbours, ring.order.back())[ring.order.front()] == ring.closing);
}

}  // namespace

TEST_CASE("articulation points, bridges, connectivity and bisection are those found by trying") {
  Rng rng{4};
  for (int i = 0; i < 120; ++i) {
    const auto graph = random_graph(rng);
    const auto f = figures(graph);
    REQUIRE(f);
    CAPTURE(i, graph.routers, f->links);
    std::vector<std::uint32_t> cuts, bridges;
    for (std::uint32_t r = 0; r < graph.routers; ++r)
      if (pieces(graph, r, nobody) > 1) cuts.push_back(r);
    for (std::uint32_t l = 0; l < f->links; ++l)
      if (pieces(graph, nobody, l) > 1) bridges.push_back(l);
    CHECK(f->cuts == cuts);
    CHECK(f->bridges == bridges);
    CHECK(f->connectivity == fewest_links_that_part(graph));
    CHECK(f->bisection.exact());
    CHECK(f->bisection.high == narrowest(graph));
    check_ring(graph, f->ring);
    CHECK(f->ring.step <= 3);
  }
}

TEST_CASE("bounds of the bisection hold the exact one, and a halving that is shown has its cut") {
  Rng rng{9};
  const auto check = [&](const Graph& graph) {
    const auto least = narrowest(graph);
    for (const auto& effort :
         {BisectionEffort{.operations = 0, .rounds = 0}, BisectionEffort{.operations = 0}}) {
      const auto b = bisection(graph, effort);
      CAPTURE(graph.name, graph.routers);
      CHECK(b.low <= least);
      CHECK(b.high >= least);
      CHECK((b.low > 0) == (least > 0));
      std::uint32_t side = 0;
      for (std::uint32_t r = 0; r < b.side.size(); ++r) side |= std::uint32_t{b.side[r]} << r;
      CHECK(cut(graph, side) == b.high);
    }
    CHECK(bisection(graph).high == least);
    CHECK(bisection(graph).exact());
  };
  for (int i = 0; i < 60; ++i) {
    auto graph = random_graph(rng);
    // Some routers with more nodes than one, some with none.
    for (std::uint32_t r = 0; r < graph.routers; ++r)
      if (rng.below(3) == 0) add_terminal(graph, r);
    if (i % 2 == 0) graph.terminals.erase(graph.terminals.begin());
    check(graph);
  }
  for (const auto& row : generators()) {
    for (const auto& size :
         {Size{.routers = 8}, Size{.routers = 12}, Size{.k = 2, .n = 3}, Size{.k = 2, .n = 2}}) {
      std::string why;
      const auto graph = row.build(size, why);
      if (graph && graph->routers <= 13) check(*graph);
    }
  }
}

TEST_CASE("a ring of neighbours is found wherever a textbook has one") {
  const auto ring = [](std::string_view name, const Size& size) {
    std::string why;
    const auto graph = find_generator(name)->build(size, why);
    REQUIRE(graph);
    auto found = ring_through(adjacency(*graph), graph->routers);
    check_ring(*graph, found);
    return found;
  };
  for (const std::uint32_t side : {2u, 4u, 6u, 8u}) {
    const auto even = ring("mesh", {.rows = side, .columns = side});
    CHECK((even.step == 1 && even.closing == 1));
  }
  for (const std::uint32_t side : {3u, 5u, 7u}) {  // as a chessboard with a corner too many: a path, no ring
    const auto odd = ring("mesh", {.rows = side, .columns = side});
    CHECK((odd.step == 1 && odd.closing > 1));
    const auto torus = ring("torus", {.rows = side, .columns = side});
    CHECK((torus.step == 1 && torus.closing == 1));
  }
  for (const std::uint32_t n : {2u, 3u, 4u, 5u, 6u}) {
    const auto cube = ring("hypercube", {.n = n});
    CHECK((cube.step == 1 && cube.closing == 1));
  }
  for (const std::uint32_t n : {7u, 19u, 37u, 61u}) {
    const auto hexa = ring("hexa-mesh", {.routers = n});
    CHECK((hexa.step == 1 && hexa.closing == 1));
  }
}

TEST_CASE("a link passes over nothing between neighbours, over the dies between otherwise") {
  CHECK(passed({0, 0}, {1, 0}) == 0);
  CHECK(passed({0, 0}, {0.5, 1}) == 0);
  CHECK(passed({0, 0}, {1, 1}) == 1);
  CHECK(passed({0, 0}, {3, 0}) == 2);
  CHECK(passed({0, 0}, {2, 1}) == 2);
}

TEST_CASE("the same figures on every call, and none for graphs that are too large for them") {
  std::string why;
  const auto graph = find_generator("kite-large")->build({.routers = 36}, why);
  const auto a = figures(*graph), b = figures(*graph);
  CHECK(a->ring.order == b->ring.order);
  CHECK(a->bisection.side == b->bisection.side);
  CHECK(!figures(*find_generator("ring")->build({.routers = most_figured + 1}, why)));
}
