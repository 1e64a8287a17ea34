// Layers: what they hold, that they are free of circles, how few there are.
#include "routing/layers.h"

#include <catch2/catch.hpp>

#include "routing/checker.h"
#include "routing/random_graph.h"
#include "routing/routings.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::routing;
using test::built;
using test::cube;
using test::made;
using test::ring;
using topology::Graph;

// A packet keeps its layer, so that a torus takes one more than the classes of dimension order, which change
// on turning.
TEST_CASE("a ring takes two layers, a torus three, a mesh one") {
  std::string why;
  for (const auto& [graph, layers] : {std::pair{ring(5), 2u},
                                      {ring(8), 2u},
                                      {cube("torus", 5, 2), 3u},
                                      {cube("torus", 8, 2), 3u},
                                      {cube("mesh", 4, 2), 1u}}) {
    const auto found = in_layers(graph, made("shortest", graph, 4), 4, why);
    INFO(graph.name << " of " << graph.routers);
    REQUIRE(found);
    CHECK(found->layers == layers);
    CHECK(found->bound == std::min(layers, 2u));
    CHECK(found->routing.layers == layers);
    const auto certificate = certify(graph, found->routing);
    CHECK(certificate.deadlock_free);
    if (graph.routers < 30) CHECK(test::complaint(test::walk(graph, found->routing), certificate).empty());
  }
}

TEST_CASE("any graph's shortest paths end up without circles, between bound and given channels") {
  std::string why;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto graph = test::random_graph(seed, 12, 8, 1);
    for (const auto* row : {"shortest", "shortest-lowest-id", "shortest-balanced"}) {
      const auto found = in_layers(graph, made(row, graph, 6), 6, why);
      INFO(row << " " << seed << ": " << why);
      REQUIRE(found);
      CHECK(found->bound <= found->layers);
      CHECK((found->bound == 1) == certify(graph, made(row, graph, 6)).deadlock_free);
      const auto certificate = certify(graph, found->routing);
      CHECK(test::complaint(test::walk(graph, found->routing), certificate).empty());
    }
    CHECK(certify(graph, made("shortest-layered", graph, 6)).deadlock_free);
  }
}

TEST_CASE("the row takes the evener paths where the virtual channels suffice") {
  const auto mesh = cube("mesh", 4, 2);
  CHECK(made("shortest-layered", mesh, 1).layers == 1);
  CHECK(made("shortest-layered", mesh, 4).layers == 2);
}

TEST_CASE("layers share the pairs out") {
  const auto graph = ring(8);
  const auto routing = made("shortest-layered", graph, 4);
  REQUIRE(routing.layers == 2);
  const auto second = std::count(routing.layer.begin(), routing.layer.end(), 1);
  CHECK(second > 8);  // of 40 that turn
  CHECK(second < 32);
}

TEST_CASE("too few virtual channels are said to be too few") {
  std::string why;
  CHECK_FALSE(in_layers(ring(5), made("shortest", ring(5), 1), 1, why));
  CHECK(why ==
        "without circles 'shortest' takes 2 virtual channels, the fewest that were found; there are 1");
}
