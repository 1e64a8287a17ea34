// Cycles without load against the simulator, packet by packet: pipelines, shallow buffers, narrow links.
#include <catch2/catch.hpp>

#include "routing/load.h"
#include "routing/random_graph.h"
#include "routing/walk.h"
#include "simulate/simulate.h"

using namespace marquetry;

namespace {

// Each pair's packet once the one before has arrived and everything has come to rest.
std::vector<std::uint32_t> simulated(const simulate::NetworkCase& network, const routing::Routing& routing) {
  constexpr std::uint64_t pause = 2000;
  const auto nodes = static_cast<std::uint32_t>(network.graph.terminals.size());
  traffic::Messages all;
  for (std::uint32_t s = 0; s < nodes; ++s) {
    for (std::uint32_t d = 0; d < nodes; ++d) {
      const auto number = static_cast<std::uint32_t>(all.messages.size());
      all.messages.push_back({s, d, network.packet, pause, {}});
      if (number > 0) all.messages.back().after = {number - 1};
    }
  }
  const auto done = simulate::simulate(network, routing, all, {});
  REQUIRE(done.state == simulate::State::stable);
  std::vector<std::uint32_t> out;
  std::uint64_t before = 0;
  for (const auto arrival : done.arrival) {
    out.push_back(static_cast<std::uint32_t>(arrival - before - pause));
    before = arrival;
  }
  return out;
}

}  // namespace

TEST_CASE("a lone packet takes as many cycles as the simulator gives it") {
  Rng rng{11};
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    simulate::NetworkCase network{.graph = test::random_graph(seed, 4 + seed % 4, 3, 6)};
    const auto below = [&](std::uint64_t n) { return static_cast<std::uint32_t>(rng.below(n)); };
    auto& router = network.router;
    router.pipeline = {.routing = below(3),
                       .vc_alloc = 1 + below(2),
                       .sw_alloc = 1 + below(3),
                       .st_prepare = below(2),
                       .st_final = 1 + below(2),
                       .credit = below(3)};
    router.vcs = 2;
    router.buffer = 1 + below(9);
    network.packet = 1 + below(12);
    if (seed % 2 == 0)
      for (auto& c : network.graph.channels) c.width = std::vector{1.0, 0.7, 0.5, 0.3, 0.11}[below(5)];
    const auto table = test::made(seed % 3 == 0 ? "up-down" : "shortest", network.graph, 2);
    INFO(seed << ": buffer " << router.buffer << ", packet " << network.packet << ", switch "
              << router.pipeline.sw_alloc);
    CHECK(routing::zero_load(network.graph, table, router, network.packet) == simulated(network, table));
  }
}
