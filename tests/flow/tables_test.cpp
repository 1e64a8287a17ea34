#include "flow/tables.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "flow/checker.h"
#include "flow/networks.h"
#include "routing/certificate.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

// What tables carry, by the checker's own sums.
double carried(const topology::Graph& graph, std::span<const double> matrix,
               const routing::Routing& routing) {
  const auto use = followed(graph, matrix, routing);
  REQUIRE(use.size() == graph.channels.size());
  double most = *std::ranges::max_element(use);
  const std::size_t nodes = graph.terminals.size();
  for (std::size_t i = 0; i < nodes; ++i) {
    double sent = 0, received = 0;
    for (std::size_t j = 0; j < nodes; ++j) {
      sent += matrix[i * nodes + j];
      received += matrix[j * nodes + i];
    }
    most = std::max({most, sent, received});
  }
  return 1 / most;
}

}  // namespace

TEST_CASE("tables with weighted ways carry the optimum to the last digit") {
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    const auto graph = random_network(5 + seed % 7, 3 + seed % 8, seed);
    const auto matrix = random_matrix(graph.terminals.size(), seed);
    const auto optimum = flow::optimum(graph, matrix, {});
    INFO("seed " << seed);
    CHECK(carried(graph, matrix, flow::spread_tables(graph, optimum, 4)) ==
          Approx(optimum.load).epsilon(1e-6));
  }
}

TEST_CASE("traces of flow that rounding leaves lead no packet in a circle") {
  // Half way round a 3 x 4 grid: the program's shortest flows to node 5 had a way of weight 1e-9 into nodes
  // that send it nothing.
  std::string why;
  const auto graph = *topology::find_generator("mesh")->build({.rows = 3, .columns = 4}, why);
  std::vector<double> matrix(12 * 12);
  for (std::size_t s = 0; s < 12; ++s) matrix[s * 12 + (s + 5) % 12] = 1;
  const auto optimum = flow::optimum(graph, matrix, {.short_ways = true});
  const auto routing = flow::spread_tables(graph, optimum, 4);
  CHECK(routing::certify(graph, routing).lost.empty());
  CHECK(carried(graph, matrix, routing) == Approx(optimum.load).epsilon(1e-6));
}

TEST_CASE("single ways leave little of the optimum on the table, and never pass it") {
  double left = 0;
  for (std::uint32_t seed = 1; seed <= 15; ++seed) {
    const auto graph = random_network(5 + seed % 7, 3 + seed % 8, seed);
    const auto matrix = uniform(graph);
    const auto optimum = flow::optimum(graph, matrix, {});
    const double load = carried(graph, matrix, flow::single_tables(graph, matrix, optimum, 4, {}));
    INFO("seed " << seed);
    CHECK(load <= optimum.bound * (1 + 1e-9));
    CHECK(load >= 0.75 * optimum.load);
    left += 1 - load / optimum.bound;
  }
  CHECK(left / 15 < 0.05);
}

TEST_CASE(
    "optimised tables say what they carry and cannot deadlock, however few virtual channels there are") {
  for (const auto split : {flow::Split::single, flow::Split::spread}) {
    for (const std::uint32_t vcs : {1u, 2u, 4u, 8u}) {
      for (std::uint32_t seed = 1; seed <= 8; ++seed) {
        const auto graph = random_network(6 + seed, 8 + seed % 5, seed);
        const auto matrix = uniform(graph);
        const auto tables = flow::optimised(graph, matrix, vcs, split);
        INFO("seed " << seed << ", " << vcs << " virtual channels");
        CHECK(tables.layers <= vcs);
        CHECK(tables.routing.layers == tables.layers);
        CHECK(carried(graph, matrix, tables.routing) == Approx(tables.load).epsilon(1e-9));
        CHECK(tables.left == Approx(1 - tables.load / tables.optimum.bound).margin(1e-9));
        CHECK_FALSE(circular(graph, tables.routing));
        if (split == flow::Split::spread && tables.needed <= vcs) {
          CHECK(tables.load == Approx(tables.optimum.load).epsilon(1e-6));
        }
      }
    }
  }
}

TEST_CASE("a grid needs two layers for single ways that carry its optimum") {
  const auto graph = grid(4);
  const auto tables = flow::optimised(graph, uniform(graph), 4, flow::Split::single);
  CHECK(tables.load == Approx(1));
  CHECK(tables.left == Approx(0).margin(1e-6));
  CHECK(tables.layers == 2);
}

TEST_CASE("the same seed draws the same tables") {
  const auto graph = random_network(12, 10, 4);
  const auto matrix = uniform(graph);
  const auto ways = [&] {
    std::vector<std::uint32_t> out;
    for (const auto& w : flow::optimised(graph, matrix, 4, flow::Split::single).routing.ways) {
      out.push_back(w.port);
    }
    return out;
  };
  CHECK(ways() == ways());
}

TEST_CASE("little time ends the search for single ways early, at the same tables each time") {
  const auto graph = grid(8);
  const auto matrix = uniform(graph);
  const auto optimum = flow::optimum(graph, matrix, {.gap = 0.1});
  const auto load = [&](double seconds) {
    return carried(graph, matrix, flow::single_tables(graph, matrix, optimum, 4, {.seconds = seconds}));
  };
  const double hasty = load(0.001);
  CHECK(hasty > 0);
  CHECK(hasty == load(0.001));
  CHECK(hasty < load(0.5));
}
