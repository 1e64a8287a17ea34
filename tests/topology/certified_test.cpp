// The routing that each topology is said to have: free of deadlock, and as short as the graph.
#include <catch2/catch.hpp>

#include "routing/certificate.h"
#include "routing/load.h"
#include "routing/routings.h"
#include "topology/design.h"
#include "topology/figures.h"

using namespace marquetry;

namespace {

void certified(const topology::Generator& row, const topology::Graph& graph) {
  CAPTURE(row.name, graph.routers);
  std::string why;
  const auto* named = routing::find(row.routing);
  REQUIRE(named != nullptr);
  const auto routing = named->make(graph, row.virtual_channels, why);
  INFO(why);
  REQUIRE(routing);
  const auto certificate = routing::certify(graph, *routing);
  CHECK(certificate.deadlock_free);
  CHECK(certificate.lost.empty());
  // With wires of one cycle (and as many virtual channels as that may take), cycles without load less those
  // at the ends are hops.
  const routing::Router router{.vcs = 4};
  auto even = graph;
  for (auto& c : even.channels) c.latency = 1;
  for (auto& t : even.terminals) t.latency = 1;
  const auto cycles = routing::zero_load(even, *named->make(even, 4, why), router, 1);
  std::uint32_t longest = 0;
  for (const auto c : cycles) longest = std::max(longest, c);
  const std::uint32_t stages = router.pipeline.cycles();
  CHECK((longest - 3 - stages) / (stages + 1) == topology::figures(graph, {0, 0})->diameter);
}

}  // namespace

TEST_CASE("every topology has a routing with a certificate, which takes shortest ways") {
  for (const auto& row : topology::generators()) {
    std::size_t tried = 0;
    for (const std::uint32_t n : {2u, 3u, 5u, 7u, 8u, 12u, 16u, 19u, 24u, 30u, 36u, 37u, 49u, 61u, 64u}) {
      std::string why;
      if (row.joins == topology::Joins::switches) continue;
      if (const auto graph = row.build({.routers = n}, why)) certified(row, *graph), ++tried;
    }
    for (const auto& size :
         {topology::Size{.k = 3, .n = 2}, topology::Size{.rows = 2, .columns = 2, .inner = 2}}) {
      std::string why;
      const auto graph = row.build(size, why);
      if (graph && row.joins == topology::Joins::switches) certified(row, *graph), ++tried;
    }
    CAPTURE(row.name);
    CHECK(tried > 0);
  }
}
