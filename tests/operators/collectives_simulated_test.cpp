// Closed forms of collectives beside the network simulated cycle by cycle, which shares nothing with them.
#include <catch2/catch.hpp>
#include <numeric>

#include "operators/collectives.h"
#include "simulate/small_networks.h"
#include "traffic/collectives.h"

namespace marquetry {
namespace {

using operators::Collective;
using operators::Joined;

struct Case {
  const char* name{};
  Collective kind{};
};

std::uint64_t simulated(const test::SmallNetwork& made, const std::string& name, std::uint64_t flits) {
  std::vector<std::uint32_t> nodes(made.network.graph.terminals.size());
  std::iota(nodes.begin(), nodes.end(), 0u);
  std::string why;
  const auto messages = traffic::find_collective(name)->make(nodes, flits, why);
  REQUIRE(messages);
  const auto done = simulate::simulate(made.network, made.routing, *messages, {});
  REQUIRE(done.state == simulate::State::stable);
  return done.cycles;
}

// Flits and cycles in place of bytes and seconds. Everybody goes one way round: one link out of each.
double closed_form(Collective kind, double members, double flits, double latency) {
  const operators::Peers peers{.joined = Joined::ring, .bandwidth = 1, .latency = latency};
  return operators::collective(kind, peers, members, flits).total;
}

TEST_CASE("large collectives on a simulated ring take what the closed form says") {
  const auto [name, kind] = GENERATE(Case{"all-reduce-ring", Collective::all_reduce},
                                     Case{"all-gather-ring", Collective::all_gather},
                                     Case{"reduce-scatter-ring", Collective::reduce_scatter});
  for (const std::uint32_t n : {3u, 4u, 6u}) {
    const auto graph = test::row_of(n, 1, true);
    auto made = test::routed(graph, "shortest");
    made.network.router.buffer = 32;  // links do not wait for credits
    made.network.packet = 8;
    const std::uint64_t flits = 960 * n;
    // What one message of a packet takes is measured, too: the latency of a step.
    const auto step = static_cast<double>(simulated(made, name, 8 * n)) /
                          operators::schedule(kind, {.joined = Joined::ring, .bandwidth = 1}, n, 1).steps -
                      8;
    const auto took = static_cast<double>(simulated(made, name, flits));
    INFO(name << " on " << n << ": " << took << " cycles, a step " << step);
    CHECK(took == Approx(closed_form(kind, n, static_cast<double>(flits), step)).epsilon(0.03));
  }
}

TEST_CASE("no simulated collective beats the bound of any cut of its graph") {
  const Case all[]{{"all-reduce-ring", Collective::all_reduce},
                   {"all-reduce-halving", Collective::all_reduce},
                   {"all-reduce-tree", Collective::all_reduce},
                   {"all-gather-doubling", Collective::all_gather},
                   {"reduce-scatter-halving", Collective::reduce_scatter},
                   {"all-to-all", Collective::all_to_all},
                   {"broadcast-tree", Collective::broadcast}};
  for (auto& made : {test::routed(test::row_of(8), "shortest"),
                     test::routed(test::row_of(8, 0.5, true), "up-down"), test::mesh(2), test::mesh(4)}) {
    const auto& graph = made.network.graph;
    for (const auto& [name, kind] : all) {
      const auto took = static_cast<double>(simulated(made, name, 64 * graph.routers));
      double bound = 0;
      for (std::uint32_t near = 1; near < graph.routers; ++near) {  // routers 0 .. near - 1 on one side
        double out = 0;
        for (const auto& c : graph.channels) out += c.from < near && c.to >= near ? c.width : 0;
        bound = std::max(bound, operators::least_time(kind, near, graph.routers, out, 64.0 * graph.routers));
      }
      INFO(graph.name << " " << name << ": " << took << " cycles, bound " << bound);
      CHECK(bound > 0);
      CHECK(took >= bound);
    }
  }
}

}  // namespace
}  // namespace marquetry
