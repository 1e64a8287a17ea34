// Routings by way of a node between, followed leg by leg and as whole ways: the same loads, cycles and
// dependencies.
#include <catch2/catch.hpp>
#include <numeric>

#include "routing/dependencies.h"
#include "routing/load.h"
#include "routing/routings.h"
#include "routing/walk.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::routing;
using test::cube;
using topology::Graph;

namespace {

struct Case {
  Graph graph{};
  Routing legs{}, whole{};
};

std::vector<Case> cases() {
  std::string why;
  const auto& butterfly = *topology::find_generator("flattened-butterfly");
  const std::vector<Graph> graphs{cube("mesh", 3, 2),
                                  cube("mesh", 4, 2),
                                  cube("mesh", 2, 3),
                                  *topology::find_generator("mesh")->build({.rows = 2, .columns = 5}, why),
                                  cube("torus", 3, 2),
                                  cube("torus", 4, 2),
                                  cube("torus", 5, 1),
                                  cube("concentrated-mesh", 2, 2),
                                  *butterfly.build({.k = 2, .n = 2, .c = 4}, why),
                                  *butterfly.build({.rows = 3, .columns = 4}, why)};
  std::vector<Case> out;
  for (const auto& graph : graphs) {
    for (const auto& row : rows()) {
      for (const std::uint32_t vcs : {2u, 4u, 5u}) {
        const auto made = row.make(graph, vcs, why);
        if (!made || made->chance == nullptr) continue;
        auto whole = *made;
        whole.chance = nullptr;
        out.push_back({graph, *made, std::move(whole)});
      }
    }
  }
  return out;
}

std::vector<double> uneven(const Graph& graph) {
  std::vector<double> out(graph.terminals.size() * graph.terminals.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = 0.1 * static_cast<double>(i * 7 % 5);
  return out;
}

}  // namespace

TEST_CASE("legs carry what whole ways do, as fast, with the same dependencies") {
  const auto all = cases();
  CHECK(all.size() > 30);
  for (const auto& [graph, legs, whole] : all) {
    INFO(legs.name << " on " << graph.name << " of " << graph.routers << ", " << legs.vcs);
    const auto matrix = uneven(graph);
    const auto by_legs = loads(graph, legs, matrix), by_whole = loads(graph, whole, matrix);
    for (std::size_t c = 0; c < by_legs.size(); ++c) CHECK(by_legs[c] == Approx(by_whole[c]).margin(1e-12));

    auto ours = dependencies(graph, legs), its = dependencies(graph, whole);
    for (auto* lists : {&ours.after, &its.after})
      for (auto& list : *lists) std::sort(list.begin(), list.end());
    CHECK(ours.after == its.after);
    CHECK(ours.used == its.used);
    CHECK(ours.offered_last == its.offered_last);
    CHECK(ours.lost == its.lost);

    Router uneven_router{.of_router = std::vector<Pipeline>(graph.routers)};
    for (std::uint32_t r = 0; r < graph.routers; ++r) uneven_router.of_router[r].routing = r % 3;
    CHECK(zero_load(graph, legs, uneven_router, 1) == zero_load(graph, whole, uneven_router, 1));
    CHECK(zero_load(graph, legs, {}, 5) == zero_load(graph, whole, {}, 5));
  }
}

TEST_CASE("narrow channels slow both legs") {
  for (auto& [graph, legs, whole] : cases()) {
    if (graph.routers > 9) continue;
    for (auto& c : graph.channels) c.width = c.link % 2 == 0 ? 0.5 : 1;
    const auto ours = zero_load(graph, legs, {}, 3), its = zero_load(graph, whole, {}, 3);
    // Of ways whose heads are as fast either may be the one whose tail is looked at.
    for (std::size_t i = 0; i < ours.size(); ++i) {
      INFO(legs.name << " on " << graph.name << ": " << i);
      CHECK(ours[i] <= its[i] + 4);
      CHECK(its[i] <= ours[i] + 4);
    }
  }
}

TEST_CASE("the chances of the nodes between are those of the lots, and sum up to 1") {
  for (const auto& [graph, legs, whole] : cases()) {
    INFO(legs.name << " on " << graph.name);
    const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
    for (std::uint32_t s = 0; s < nodes; ++s) {
      for (std::uint32_t d = 0; d < nodes; ++d) {
        double sum = 0;
        for (std::uint32_t v = 0; v < nodes; ++v) sum += legs.chance(graph, legs, s, d, v);
        CHECK(sum == Approx(1));
      }
    }
  }
}
