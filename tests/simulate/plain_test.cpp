// The simulator against the plain network: packet by packet, over random graphs, pipelines and allocators.
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "routing/routings.h"
#include "simulate/plain_network.h"
#include "simulate/simulate.h"
#include "topology/generators.h"

using namespace marquetry;

namespace {

std::uint32_t one_of(Rng& rng, std::initializer_list<std::uint32_t> values) {
  return *(values.begin() + rng.below(values.size()));
}

topology::Graph random_graph(Rng& rng) {
  topology::Graph graph;
  graph.routers = 3 + static_cast<std::uint32_t>(rng.below(7));
  const auto latency = [&] { return 1 + static_cast<std::uint32_t>(rng.below(4)); };
  for (std::uint32_t r = 1; r < graph.routers; ++r)
    topology::add_link(graph, r, static_cast<std::uint32_t>(rng.below(r)), latency());
  for (std::uint32_t i = 0; i < graph.routers; ++i) {
    const auto a = static_cast<std::uint32_t>(rng.below(graph.routers));
    const auto b = static_cast<std::uint32_t>(rng.below(graph.routers));
    if (a != b) topology::add_link(graph, a, b, latency());
  }
  for (std::uint32_t r = 0; r < graph.routers; ++r)
    for (std::uint32_t i = rng.below(3) == 0 ? 2 : 1; i > 0; --i) topology::add_terminal(graph, r, latency());
  return graph;
}

routing::Pipeline random_pipeline(Rng& rng) {
  routing::Pipeline p;
  p.routing = one_of(rng, {0, 0, 1, 2, 3});
  p.vc_alloc = one_of(rng, {1, 1, 2, 3});
  p.sw_alloc = one_of(rng, {1, 1, 2});
  p.st_prepare = one_of(rng, {0, 0, 1});
  p.credit = one_of(rng, {0, 1, 2, 5});
  p.speculative = rng.below(3) == 0;
  if (p.speculative) p.vc_alloc = std::min(p.vc_alloc, p.sw_alloc);
  return p;
}

simulate::NetworkCase random_case(Rng& rng) {
  simulate::NetworkCase out;
  out.graph = random_graph(rng);
  out.packet = one_of(rng, {1, 1, 2, 5});
  auto& r = out.router;
  r.vcs = one_of(rng, {2, 3, 4, 6});
  r.buffer = one_of(rng, {2, 3, 4, 8});
  r.pipeline = random_pipeline(rng);
  const bool differs = rng.below(3) == 0;
  for (std::uint32_t i = 0; differs && i < out.graph.routers; ++i) {
    r.of_router.push_back(random_pipeline(rng));
    r.of_router.back().speculative = r.pipeline.speculative;
    if (r.pipeline.speculative)
      r.of_router.back().vc_alloc = std::min(r.of_router.back().vc_alloc, r.of_router.back().sw_alloc);
  }
  r.vc_allocator = static_cast<routing::Allocator>(rng.below(2));
  r.sw_allocator = static_cast<routing::Allocator>(rng.below(2));
  r.iterations = one_of(rng, {1, 1, 2, 3});
  r.wait_for_tail_credit = rng.below(3) == 0;
  r.input_speedup = one_of(rng, {1, 1, 2, 3});
  r.input_speedup = std::min(r.input_speedup, r.vcs);
  r.output_speedup = one_of(rng, {1, 1, 2});
  return out;
}

// Packets that none waits for another, at about the load that is asked for.
traffic::Messages random_packets(const simulate::NetworkCase& network, Rng& rng, double load,
                                 std::uint64_t cycles) {
  traffic::Messages out;
  const auto nodes = static_cast<std::uint32_t>(network.graph.terminals.size());
  for (std::uint64_t t = 0; t < cycles; ++t)
    for (std::uint32_t n = 0; n < nodes; ++n)
      if (rng.uniform() < load / network.packet)
        out.messages.push_back({n, static_cast<std::uint32_t>(rng.below(nodes)), network.packet, t, {}});
  return out;
}

}  // namespace

TEST_CASE("every packet arrives in the cycle in which a plainly written network delivers it") {
  Rng rng{20};
  int compared = 0, layered = 0;
  for (int i = 0; i < 100; ++i) {
    Rng draw = rng.fork(static_cast<std::uint64_t>(i));
    const simulate::NetworkCase network = random_case(draw);
    std::string why;
    const char* const names[] = {"shortest", "up-down", "turn-prohibition", "shortest-layered",
                                 "shortest-lowest-id"};
    const auto routing = routing::find(names[i % 5])->make(network.graph, network.router.vcs, why);
    if (!routing) continue;  // more layers than there are virtual channels
    INFO(routing->name);
    const traffic::Messages packets = random_packets(network, draw, 0.1 + 0.5 * draw.uniform(), 150);
    constexpr std::uint64_t end = 1500;
    simulate::Options options;
    options.most_cycles = end;
    const auto ours = simulate::simulate(network, *routing, packets, options);
    const auto plain = test::plain_arrivals(network, *routing, packets, end);
    INFO("case " << i << ": " << ours.why);
    const auto& r = network.router;
    INFO("vcs " << r.vcs << " buffer " << r.buffer << " packet " << network.packet << " routing "
                << r.pipeline.routing << " vc " << r.pipeline.vc_alloc << " sw " << r.pipeline.sw_alloc
                << " st " << r.pipeline.st_prepare << " credit " << r.pipeline.credit << " spec "
                << r.pipeline.speculative << " own " << r.of_router.size() << " alloc "
                << static_cast<int>(r.vc_allocator) << static_cast<int>(r.sw_allocator) << " iterations "
                << r.iterations << " tail " << r.wait_for_tail_credit << " speed " << r.input_speedup
                << r.output_speedup);
    const bool stops_early =
        ours.state == simulate::State::deadlocked || ours.state == simulate::State::interrupted;
    int wrong = 0;
    for (std::size_t m = 0; m < plain.size(); ++m)
      wrong += ours.arrival[m] != plain[m] && !(stops_early && plain[m] > ours.cycles);
    CHECK(wrong == 0);
    compared += static_cast<int>(plain.size());
    layered += routing->layers > 1;
  }
  CHECK(compared > 10'000);
  CHECK(layered > 0);
}

TEST_CASE("adaptive packets too: several ways with priorities") {
  Rng rng{21};
  for (int i = 0; i < 30; ++i) {
    Rng draw = rng.fork(static_cast<std::uint64_t>(i));
    simulate::NetworkCase network = random_case(draw);
    std::string why;
    network.graph = *topology::find_generator("mesh")->build({.k = 4, .n = 2}, why);
    network.router.of_router.clear();
    auto& p = network.router.pipeline;
    if (p.speculative) p.vc_alloc = p.sw_alloc = 1;  // a speculative grant of several cycles names one port
    const auto routing = routing::find("minimal-adaptive")->make(network.graph, network.router.vcs, why);
    INFO(why);
    REQUIRE(routing);
    const traffic::Messages packets = random_packets(network, draw, 0.2 + 0.5 * draw.uniform(), 120);
    constexpr std::uint64_t end = 1200;
    simulate::Options options;
    options.most_cycles = end;
    const auto ours = simulate::simulate(network, *routing, packets, options);
    const auto plain = test::plain_arrivals(network, *routing, packets, end);
    INFO("case " << i << ": " << ours.why);
    CHECK(ours.state == simulate::State::stable);
    CHECK(ours.arrival == plain);
  }
}
