// The quick figures against tables, loads and cycles made one after the other.
#include "routing/figures.h"

#include <catch2/catch.hpp>

#include "routing/random_graph.h"
#include "routing/routings.h"
#include "routing/walk.h"

using namespace marquetry;
using namespace marquetry::routing;
using test::made;
using test::random_graph;
using topology::Graph;

namespace {

std::vector<double> weights(const Graph& graph, std::uint64_t seed) {
  Rng rng{seed};
  std::vector<double> out(graph.terminals.size() * graph.terminals.size());
  for (auto& w : out) w = rng.below(3) == 0 ? 0 : rng.uniform() / static_cast<double>(graph.terminals.size());
  return out;
}

void compare(const Graph& graph, std::uint32_t packet, Workspace& workspace) {
  const auto matrix = weights(graph, graph.channels.size());
  Router router;
  router.of_router.resize(graph.routers);
  for (std::uint32_t r = 0; r < graph.routers; ++r) router.of_router[r].routing = r % 3;
  const auto quick = figures(graph, matrix, router, packet, workspace);
  const auto table = made("shortest", graph, 2);
  const auto load = loads(graph, table, matrix);
  const auto cycles = zero_load(graph, table, router, packet);
  double sum = 0, weight = 0;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (matrix[i] <= 0 || cycles[i] == topology::none) continue;
    sum += matrix[i] * cycles[i];
    weight += matrix[i];
    most = std::max(most, cycles[i]);
  }
  INFO(graph.routers << " routers, packets of " << packet);
  CHECK(quick.mean_cycles == Approx(sum / weight));
  CHECK(quick.most_cycles == most);
  REQUIRE(workspace.loads.size() == load.size());
  for (std::size_t c = 0; c < load.size(); ++c) CHECK(workspace.loads[c] == Approx(load[c]).margin(1e-12));
  const auto bound = channel_bound(graph, matrix, load);
  CHECK(quick.bound.load == Approx(bound.load));
  CHECK(quick.connected);
}

}  // namespace

TEST_CASE("quick figures are those of the table") {
  Workspace workspace;
  // All wires alike; short ones; long ones; more routers than a word has bits.
  for (const std::uint32_t longest : {1u, 3u, 400u})
    for (const std::uint32_t routers : {5u, 20u, 70u})
      compare(random_graph(routers, routers, routers, longest), 1, workspace);
  auto graph = random_graph(3, 15, 12);
  for (std::size_t c = 0; c < graph.channels.size(); ++c) graph.channels[c].width = c % 3 == 0 ? 0.25 : 1;
  compare(graph, 5, workspace);
  for (std::size_t c = 0; c < graph.channels.size(); ++c)
    graph.channels[c].latency = 1 + c % 4;  // one way only
  compare(graph, 1, workspace);
}

TEST_CASE("pairs without a way are left out, and told") {
  Graph graph{.name = "pieces", .routers = 3};
  for (std::uint32_t r = 0; r < 3; ++r) topology::add_terminal(graph, r);
  topology::add_link(graph, 0, 1);
  Workspace workspace;
  const auto quick = figures(graph, std::vector<double>(9, 0.25), {}, 1, workspace);
  CHECK_FALSE(quick.connected);
  CHECK(quick.most_cycles == 3 + 2 * 4 + 1);
  CHECK(workspace.loads == std::vector<double>{0.25, 0.25});
}

TEST_CASE("paths are the same by levels, by a ring of sets and by a heap") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    auto graph = random_graph(seed, 75, 60, 4);
    const auto by_ring = shortest_paths(graph);
    for (auto& c : graph.channels) c.latency *= 1000;
    const auto by_heap = shortest_paths(graph);
    CHECK(by_ring.first == by_heap.first);
    for (std::size_t i = 0; i < by_ring.distance.size(); ++i)
      CHECK(by_ring.distance[i] * 1000 == by_heap.distance[i]);
    for (auto& c : graph.channels) c.latency = 2;
    const auto by_levels = shortest_paths(graph);
    topology::add_link(graph, 0, 0, 300);  // never taken, but no longer all alike
    CHECK(by_levels.first == shortest_paths(graph).first);
  }
}
