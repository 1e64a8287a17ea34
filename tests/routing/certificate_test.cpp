// Certificates of every row on every topology, verified by a checker of their own.
#include "routing/certificate.h"

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

namespace {

bool is_free(std::string_view row, const Graph& graph, std::uint32_t vcs) {
  return certify(graph, made(row, graph, vcs)).deadlock_free;
}

}  // namespace

TEST_CASE("every certificate of every row is verified by another hand") {
  std::string why;
  std::vector<Graph> graphs{
      cube("mesh", 3, 2),
      cube("mesh", 2, 3),
      cube("torus", 4, 2),
      cube("torus", 3, 2),
      cube("torus", 2, 2),
      cube("concentrated-mesh", 2, 2),
      cube("fat-tree", 2, 3),
      *topology::find_generator("flattened-butterfly")->build({.k = 2, .n = 2, .c = 4}, why),
      ring(5)};
  for (const auto& generator : topology::generators())
    for (const std::uint32_t routers : {7u, 12u})
      if (auto graph = generator.build({.routers = routers}, why); graph && graph->routers <= 16)
        graphs.push_back(std::move(*graph));
  std::size_t free = 0, not_free = 0, by_escape = 0;
  for (const auto& graph : graphs) {
    for (const auto& row : rows()) {
      for (const std::uint32_t vcs : {1u, 2u, 3u, 4u}) {
        const auto routing = row.make(graph, vcs, why);
        if (!routing) continue;
        const auto certificate = certify(graph, *routing);
        INFO(row.name << " on " << graph.name << " of " << graph.routers << ", " << vcs
                      << " channels: " << text(graph, certificate));
        CHECK(test::complaint(test::walk(graph, *routing), certificate).empty());
        (certificate.deadlock_free ? free : not_free) += 1;
        by_escape += certificate.by_escape ? 1 : 0;
      }
    }
  }
  CHECK(free > 50);
  CHECK(not_free > 3);
  CHECK(by_escape > 5);
}

TEST_CASE("what is known to be free of deadlock is, and what is not is not") {
  const auto mesh = cube("mesh", 4, 2), torus = cube("torus", 4, 2), wide = cube("torus", 8, 2);
  CHECK(is_free("dimension-order", mesh, 1));
  CHECK(is_free("shortest", mesh, 1));
  CHECK(is_free("xy-yx", mesh, 2));
  CHECK(is_free("minimal-adaptive", mesh, 2));
  CHECK(is_free("valiant", mesh, 2));
  CHECK(is_free("dimension-order", torus, 2));
  CHECK(is_free("dimension-order", wide, 2));
  CHECK(is_free("dimension-order-balanced", torus, 2));
  CHECK(is_free("minimal-adaptive", torus, 3));
  CHECK(is_free("valiant", torus, 4));
  CHECK(is_free("nearest-common-ancestor", cube("fat-tree", 3, 3), 1));
  CHECK_FALSE(is_free("shortest", ring(5), 4));
  CHECK_FALSE(is_free("shortest", wide, 1));
  // A virtual channel that both orders share closes circles, and so does BookSim2's passing of phases.
  CHECK_FALSE(is_free("xy-yx", mesh, 3));
  CHECK_FALSE(is_free("valiant-booksim2", mesh, 2));
}

TEST_CASE("adaptive packets escape on any graph") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto graph = test::random_graph(seed, 9, 8, 1 + seed % 2);
    for (const std::uint32_t vcs : {2u, 3u}) {
      const auto routing = made("minimal-adaptive", graph, vcs);
      const auto certificate = certify(graph, routing);
      INFO(seed << ": " << text(graph, certificate));
      CHECK(certificate.deadlock_free);
      CHECK(test::complaint(test::walk(graph, routing), certificate) == "");
    }
  }
}

TEST_CASE("lowest-id paths go round in circles on eight of thirteen package networks") {
  std::string why;
  const auto goes_round = [&](const char* name, const topology::Size& size) {
    const auto* generator = topology::find_generator(name);
    REQUIRE(generator != nullptr);
    const auto graph = generator->build(size, why);
    INFO(name << ": " << why);
    REQUIRE(graph);
    const auto certificate = certify(*graph, made("shortest-lowest-id", *graph, 1));
    CHECK(certificate.lost.empty());
    return !certificate.deadlock_free;
  };
  constexpr topology::Size small{.rows = 4, .columns = 4}, large{.rows = 8, .columns = 8};
  for (const auto* name : {"kite-small", "kite-medium", "kite-large", "sid-mesh"})
    CHECK(goes_round(name, small));
  for (const auto* name : {"torus", "folded-torus", "kite-large"}) CHECK(goes_round(name, large));
  for (const auto* name : {"hex-torus", "folded-hex-torus"}) {
    CHECK_FALSE(goes_round(name, {.routers = 7}));
    CHECK(goes_round(name, {.routers = 19}));
  }
  for (const auto* name : {"mesh", "octa-mesh", "flattened-butterfly"}) CHECK_FALSE(goes_round(name, large));
  CHECK_FALSE(goes_round("torus", small));
  CHECK_FALSE(goes_round("hypercube", {.routers = 16}));
  CHECK_FALSE(goes_round("hexa-mesh", {.routers = 37}));
}

TEST_CASE("the circle is a shortest one, and told channel by channel") {
  const auto graph = ring(5);
  const auto certificate = certify(graph, made("shortest", graph, 2));
  CHECK_FALSE(certificate.deadlock_free);
  CHECK(certificate.cycle.size() == 5);
  CHECK(text(graph, certificate) ==
        "circle of 5: 0 > 1 (vc 0), 1 > 2 (vc 0), 2 > 3 (vc 0), 3 > 4 (vc 0), 4 > 0 (vc 0), and again 0 > 1 "
        "(vc 0)");
  const auto row = built("mesh", 2);
  CHECK(text(row, certify(row, made("shortest", row, 1))) == "ordered: 0 dependencies of 2 virtual channels");
}

TEST_CASE("packets that never arrive are named") {
  const auto graph = ring(4);
  auto routing = made("shortest", graph, 1);
  // 0 sends what is for 2 to 1, and 1 sends it back.
  const auto port_to = [&](std::uint32_t from, std::uint32_t to) {
    for (const auto& c : graph.channels)
      if (c.from == from && c.to == to) return c.out_port;
    return topology::none;
  };
  routing.ways[routing.begin[0 * 4 + 2]].port = port_to(0, 1);
  routing.ways[routing.begin[1 * 4 + 2]].port = port_to(1, 0);
  const auto certificate = certify(graph, routing);
  CHECK(certificate.lost == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{0, 2}, {1, 2}});
  CHECK(text(graph, certificate).ends_with("; no sure way from node 0 to node 2, nor for 1 other pair"));
}

TEST_CASE("virtual channels in layers depend on nothing in another layer") {
  const auto graph = ring(5);
  auto routing = made("shortest", graph, 2);
  routing.layers = 2;
  routing.layer.assign(25, 0);
  CHECK_FALSE(certify(graph, routing).deadlock_free);
  // What passes over the link from 0 to 1 or back, and ends elsewhere, is in the other layer.
  for (const auto& [s, d] : {std::pair{4u, 1u}, {0u, 2u}, {1u, 4u}, {2u, 0u}}) routing.layer[s * 5 + d] = 1;
  const auto certificate = certify(graph, routing);
  CHECK(certificate.deadlock_free);
  CHECK(test::complaint(test::walk(graph, routing), certificate).empty());
}
