// The figures of each graph against the graph itself: built link by link, walked, and halved in every way.
#include "topology/design.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <queue>
#include <vector>

using namespace marquetry;

namespace {

struct Graph {
  std::size_t nodes{};
  std::vector<std::pair<std::size_t, std::size_t>> links{};
};

Graph pairs(std::size_t n) {
  Graph g{n};
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) g.links.emplace_back(a, b);
  }
  return g;
}

// Rows of ceil(sqrt n) dies, the last one as long as dies are left.
Graph grid(std::size_t n) {
  std::size_t columns = 1;
  while (columns * columns < n) ++columns;
  Graph g{n};
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      const bool beside = b == a + 1 && b % columns != 0;
      if (beside || b == a + columns) g.links.emplace_back(a, b);
    }
  }
  return g;
}

// Dies 0 ... n - 1 and the hub n.
Graph hub(std::size_t n) {
  Graph g{n + 1};
  for (std::size_t a = 0; a < n; ++a) g.links.emplace_back(a, n);
  return g;
}

std::size_t most_links(const Graph& g, std::size_t dies) {
  std::vector<std::size_t> degree(g.nodes);
  for (const auto& [a, b] : g.links) ++degree[a], ++degree[b];
  return *std::max_element(degree.begin(), degree.begin() + static_cast<std::ptrdiff_t>(dies));
}

// Breadth first from every die.
std::size_t farthest(const Graph& g, std::size_t dies) {
  std::size_t most = 0;
  for (std::size_t start = 0; start < dies; ++start) {
    std::vector<std::size_t> distance(g.nodes, g.nodes);
    distance[start] = 0;
    std::queue<std::size_t> open{{start}};
    for (; !open.empty(); open.pop()) {
      for (const auto& [a, b] : g.links) {
        for (const auto& [here, there] : {std::pair{a, b}, std::pair{b, a}}) {
          if (here != open.front() || distance[there] < g.nodes) continue;
          distance[there] = distance[here] + 1;
          open.push(there);
        }
      }
    }
    for (std::size_t end = 0; end < dies; ++end) most = std::max(most, distance[end]);
  }
  return most;
}

// Over all halvings; an odd node is on either side.
std::size_t narrowest_cut(const Graph& g) {
  std::size_t least = g.links.size();
  for (std::uint32_t side = 0; side < 1u << g.nodes; ++side) {
    if (static_cast<std::size_t>(std::popcount(side)) != g.nodes / 2) continue;
    std::size_t cut = 0;
    for (const auto& [a, b] : g.links) cut += std::size_t{(side >> a & 1) != (side >> b & 1)};
    least = std::min(least, cut);
  }
  return least;
}

void check(const topology::GraphFigures& figures, const Graph& graph, std::size_t dies) {
  CAPTURE(dies);
  CHECK(figures.degree == static_cast<double>(most_links(graph, dies)));
  CHECK(figures.hops == static_cast<double>(farthest(graph, dies)));
  CHECK(figures.cut == static_cast<double>(narrowest_cut(graph)));
  CHECK(figures.links == static_cast<double>(graph.links.size()));
}

topology::GraphFigures figures_of(std::string_view name, std::size_t n) {
  return topology::figures_by_dies(*topology::find_generator(name), n);
}

}  // namespace

TEST_CASE("degree, hops and narrowest halving are those of the graph itself, for 2 to 13 dies") {
  for (std::size_t n = 2; n <= 13; ++n) {
    check(figures_of("all", n), pairs(n), n);
    check(figures_of("mesh", n), grid(n), n);
    check(figures_of("star", n), hub(n), n);
  }
}

TEST_CASE("the edges of a graph are those of the drawn one, each once") {
  for (std::size_t n = 1; n <= 20; ++n) {
    const auto same = [](topology::Edges edges, Graph graph) {
      std::ranges::sort(edges);
      std::ranges::sort(graph.links);
      CHECK(edges == graph.links);
    };
    same(topology::edges(*topology::find_generator("all"), n), pairs(n));
    same(topology::edges(*topology::find_generator("mesh"), n), grid(n));
    same(topology::edges(*topology::find_generator("star"), n), hub(n));
  }
}

TEST_CASE("a square mesh of even side is halved by one row of links, of odd side by one more") {
  for (const std::size_t side : {2u, 4u, 6u, 8u}) {
    CHECK(figures_of("mesh", side * side).cut == static_cast<double>(side));
  }
  for (const std::size_t side : {3u, 5u, 7u}) {
    CHECK(figures_of("mesh", side * side).cut == static_cast<double>(side + 1));
  }
}

TEST_CASE("a lone die has no network, but a way to its hub") {
  for (const auto figures : {figures_of("all", 1), figures_of("mesh", 1)}) {
    CHECK(figures.degree == 0);
    CHECK(figures.cut == 0);
    CHECK(figures.hops == 0);
    CHECK(figures.span == 0);
  }
  CHECK(figures_of("star", 1).degree == 1);
  CHECK(figures_of("star", 1).hops == 1);
}

TEST_CASE("the longest link of all pairs crosses the arrangement, one of a mesh passes over no die") {
  for (std::size_t n = 2; n <= 20; ++n) {
    std::size_t columns = 1;
    while (columns * columns < n) ++columns;
    std::size_t longest = 0;  // in pitches, along the axes
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a + 1; b < n; ++b) {
        const auto across = a % columns > b % columns ? a % columns - b % columns : b % columns - a % columns;
        longest = std::max(longest, across + b / columns - a / columns);
      }
    }
    CHECK(figures_of("all", n).span == static_cast<double>(longest - 1));
    CHECK(figures_of("mesh", n).span == 0);
  }
}

TEST_CASE("rings of 4, 8, 12 dies stand around a hub: each ring's link passes over those within") {
  for (const auto& [n, passed] :
       {std::pair{1u, 0}, {4u, 0}, {5u, 1}, {12u, 1}, {13u, 2}, {24u, 2}, {25u, 3}}) {
    CHECK(figures_of("star", n).span == passed);
  }
}

TEST_CASE("any number of dies has figures, also more than a package can hold") {
  for (const auto& row : topology::generators()) {
    if (row.joins == topology::Joins::switches) {
      std::string why;
      CHECK(!topology::joins(row, 4, why));
      continue;
    }
    CAPTURE(row.name);
    for (const std::size_t n : {64u, 65u, 4096u}) {
      const auto figures = topology::figures_by_dies(row, n);
      CHECK(figures.cut >= 1);
      CHECK(figures.degree >= 1);
      CHECK(figures.links >= 1);
      CHECK((figures.hops >= 1 && figures.hops < 64));
      CHECK((figures.ring_hops >= 1 && figures.ring_hops <= 3));
    }
  }
  std::string why;
  CHECK(!topology::joins(*topology::find_generator("hypercube"), 12, why));
  CHECK(why == "a hypercube has 2, 4, 8 ... dies, not 12");
}

TEST_CASE("the longest link of each topology on a grid of 16 passes over so many dies") {
  for (const auto& [name, passed] : {std::pair{"torus", 2},
                                     {"folded-torus", 1},
                                     {"octa-mesh", 1},
                                     {"flattened-butterfly", 2},
                                     {"kite-small", 1},
                                     {"kite-medium", 1},
                                     {"kite-large", 2},
                                     {"ring", 0},
                                     {"hypercube", 1},
                                     {"hexa-mesh", 0}}) {
    CAPTURE(name);
    CHECK(figures_of(name, 16).span == passed);
  }
}

TEST_CASE("collectives have two links of a die, all of them where all are joined, one at a hub") {
  CHECK(figures_of("all", 8).ring_links == 7);
  CHECK(figures_of("torus", 16).ring_links == 2);
  CHECK(figures_of("star", 8).ring_links == 1);
  CHECK(figures_of("star", 8).ring_hops == 2);
  for (std::size_t n = 2; n <= topology::most_dies; ++n) {
    CAPTURE(n);
    CHECK(figures_of("mesh", n).ring_hops == 1);
    CHECK(figures_of("hexa-mesh", n).ring_hops == 1);
  }
}
