// Closed forms that the simulator must meet: lone packets, narrow links, chains of messages, shares of ways.
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "routing/load.h"
#include "simulate/knuth.h"
#include "simulate/small_networks.h"

using namespace marquetry;
using namespace marquetry::test;
using simulate::State;

TEST_CASE("Knuth's generators give the numbers that he publishes for their test") {
  // The Art of Computer Programming 2, 3.6: the first number of the 2010th array of 1009 from seed 310952.
  simulate::KnuthIntegers integers{310952};
  simulate::KnuthReals reals{310952};
  std::uint32_t whole = 0;
  std::uint64_t part = 0;
  for (int array = 0; array < 2010; ++array)
    for (int i = 0; i < 100; ++i) {  // 100 of each array are used
      const auto x = integers.next();
      const auto y = reals.next();
      if (i == 0) whole = x, part = y;
    }
  CHECK(whole == 995235265);
  CHECK(static_cast<double>(part) * 0x1p-52 == 0.36410514377569680455);
}

TEST_CASE("a lone packet takes the cycles of the law, over random graphs, pipelines and widths") {
  Rng rng{5};
  for (std::uint64_t i = 0; i < 40; ++i) {
    Rng draw = rng.fork(i);
    const auto below = [&](std::uint64_t n) { return static_cast<std::uint32_t>(draw.below(n)); };
    topology::Graph graph;
    graph.routers = 2 + below(8);
    const double narrow = below(3) == 0 ? 0.3 : 1;
    for (std::uint32_t r = 0; r < graph.routers; ++r) topology::add_terminal(graph, r, 1 + below(3));
    for (std::uint32_t r = 1; r < graph.routers; ++r)
      topology::add_link(graph, r, below(r), 1 + below(9), below(2) == 0 ? 1 : narrow);
    SmallNetwork net = routed(std::move(graph), "shortest");
    net.network.packet = 1 + below(7);
    net.network.router.buffer = 64;  // beyond every round trip, so that nothing waits for credits
    auto& p = net.network.router.pipeline;
    p.routing = below(3);
    p.vc_alloc = 1 + below(2);
    p.sw_alloc = 1;
    p.st_prepare = below(2);
    const auto law =
        routing::zero_load(net.network.graph, net.routing, net.network.router, net.network.packet);
    const std::uint32_t nodes = net.network.traffic.nodes;
    traffic::Messages all;
    constexpr std::uint64_t pause = 500;
    for (std::uint32_t s = 0; s < nodes; ++s)
      for (std::uint32_t d = 0; d < nodes; ++d) {
        const auto before = static_cast<std::uint32_t>(all.messages.size());
        all.messages.push_back({s, d, net.network.packet, pause, {}});
        if (before > 0) all.messages.back().after = {before - 1};
      }
    const auto done = simulate::simulate(net.network, net.routing, all, {});
    REQUIRE(done.state == State::stable);
    std::vector<std::uint32_t> took;
    for (std::size_t m = 0; m < done.arrival.size(); ++m)
      took.push_back(
          static_cast<std::uint32_t>(done.arrival[m] - (m == 0 ? 0 : done.arrival[m - 1]) - pause));
    if (narrow == 1) {
      CHECK(took == law);
      continue;
    }
    // Behind a narrow link the tail lags, but it catches up while the head waits for its allocations.
    auto wide = net.network.graph;
    for (auto& c : wide.channels) c.width = 1;
    const auto least = routing::zero_load(wide, net.routing, net.network.router, net.network.packet);
    int outside = 0;
    for (std::size_t m = 0; m < took.size(); ++m) outside += took[m] < least[m] || took[m] > law[m];
    CHECK(outside == 0);
  }
}

TEST_CASE("a narrow link carries its width, whatever is offered") {
  for (const double width : {0.5, 0.3, 0.7}) {
    SmallNetwork row = routed(row_of(2, width), "shortest");
    row.network.traffic = permutation({1, 0});
    simulate::Options options = at_load(0.99);
    options.measures_throughput = true;
    const auto r = simulate::simulate(row.network, row.routing, options);
    CHECK(r.accepted == Approx(width).epsilon(0.002));
    CHECK(r.channel_use[0] == Approx(width).epsilon(0.002));
    CHECK(r.state == State::saturated);
    options.rate = 0.9 * width;
    CHECK(simulate::simulate(row.network, row.routing, options).state == State::stable);
    CHECK(simulate::simulate(row.network, row.routing, at_load(0.9 * width)).state == State::stable);
  }
}

TEST_CASE("flits are neither lost nor made, and figures repeat with the seed") {
  SmallNetwork net = mesh(4);
  net.network.packet = 3;
  Rng rng{7};
  traffic::Messages all;
  std::uint64_t flits = 0, hops = 0;
  for (int m = 0; m < 500; ++m) {
    const auto s = static_cast<std::uint32_t>(rng.below(16)), d = static_cast<std::uint32_t>(rng.below(16));
    all.messages.push_back({s, d, 1 + rng.below(20), rng.below(300), {}});
    flits += all.messages.back().flits;
    const auto apart = [](std::uint32_t a, std::uint32_t b) { return a > b ? a - b : b - a; };
    hops += all.messages.back().flits * (apart(s % 4, d % 4) + apart(s / 4, d / 4));
  }
  const auto done = simulate::simulate(net.network, net.routing, all, {});
  CHECK(done.state == State::stable);
  CHECK(*std::max_element(done.arrival.begin(), done.arrival.end()) == done.cycles);
  double carried = 0;
  for (const double use : done.channel_use) carried += use * static_cast<double>(done.cycles);
  CHECK(carried == Approx(static_cast<double>(hops)));
  CHECK(flits > 0);

  const auto a = simulate::simulate(net.network, net.routing, at_load(0.4));
  const auto b = simulate::simulate(net.network, net.routing, at_load(0.4));
  CHECK(a.latency == b.latency);
  CHECK(a.packets == b.packets);
  net.network.sampling.seed = 2;
  CHECK(simulate::simulate(net.network, net.routing, at_load(0.4)).latency != a.latency);
}

TEST_CASE("messages that wait for each other: their times add up") {
  SmallNetwork net = mesh(4);
  net.network.packet = 4;
  const auto law = routing::zero_load(net.network.graph, net.routing, net.network.router, 1);
  const auto alone = [&](std::uint32_t s, std::uint32_t d) { return law[s * 16 + d]; };
  // 0 -> 3 after 5 cycles; then 3 -> 12 of 4 flits after 100; 12 -> 0 of none after 7; 0 -> 1 after both.
  traffic::Messages chain{"chain",
                          {{0, 3, 1, 5, {}}, {3, 12, 4, 100, {0}}, {12, 0, 0, 7, {1}}, {0, 1, 1, 0, {0, 2}}}};
  auto done = simulate::simulate(net.network, net.routing, chain, {});
  REQUIRE(done.state == State::stable);
  CHECK(done.arrival[0] == 5 + alone(0, 3));
  CHECK(done.arrival[1] == done.arrival[0] + 100 + alone(3, 12) + 3);  // a packet of four flits, one a cycle
  CHECK(done.arrival[2] == done.arrival[1] + 7);
  CHECK(done.arrival[3] == done.arrival[2] + alone(0, 1));
  CHECK(done.cycles == done.arrival[3]);
  // Long waits cost nothing.
  chain.messages[1].delay = 1'000'000'000'000;
  CHECK(simulate::simulate(net.network, net.routing, chain, {}).cycles ==
        done.cycles + 1'000'000'000'000 - 100);

  chain.messages[0].after = {3};
  done = simulate::simulate(net.network, net.routing, chain, {});
  CHECK(done.state == State::refused);
  CHECK(done.why == "message 0 waits for itself, through others");
  CHECK(simulate::simulate(net.network, net.routing, {"x", {{0, 16, 1, 0, {}}}}, {}).state == State::refused);
  CHECK(simulate::simulate(net.network, net.routing, {"none", {}}, {}).cycles == 0);
}

TEST_CASE("ways of a table are taken in the shares of their weights") {
  // Two links from router 0 to router 1; three of four packets take the first.
  topology::Graph graph;
  graph.routers = 2;
  for (std::uint32_t r = 0; r < 2; ++r) topology::add_terminal(graph, r);
  topology::add_link(graph, 0, 1);
  topology::add_link(graph, 0, 1);
  SmallNetwork net = routed(std::move(graph), "shortest");
  std::vector<std::uint32_t> out_of_0;
  for (const auto& c : net.network.graph.channels)
    if (c.from == 0) out_of_0.push_back(c.out_port);
  auto& ways = net.routing.ways;
  auto& begin = net.routing.begin;
  const std::size_t at = begin[1];
  ways[at].port = out_of_0[0];
  ways[at].weight = 3;
  ways.insert(ways.begin() + static_cast<std::ptrdiff_t>(at) + 1, {out_of_0[1], 0, 3, 0, 1});
  for (std::size_t i = 2; i < begin.size(); ++i) ++begin[i];
  net.network.traffic = permutation({1, 1});
  for (const auto model : {simulate::Model::standard, simulate::Model::booksim2}) {
    const auto r = simulate::simulate(net.network, net.routing, at_load(0.8, model));
    REQUIRE(r.state == State::stable);
    double first = 0, second = 0;
    for (std::size_t c = 0; c < r.channel_use.size(); ++c) {
      if (net.network.graph.channels[c].out_port == out_of_0[0]) first = std::max(first, r.channel_use[c]);
      if (net.network.graph.channels[c].out_port == out_of_0[1]) second = std::max(second, r.channel_use[c]);
    }
    CHECK(first / (first + second) == Approx(0.75).epsilon(0.03));
  }
}

TEST_CASE("the search brackets the load that a network bears, for any number of threads") {
  // A node takes a flit a cycle, and both others send to it.
  SmallNetwork row = routed(row_of(3), "shortest");
  row.network.traffic = permutation({1, 1, 1});
  row.network.traffic.includes_self = false;
  simulate::Options options;
  const auto one = simulate::saturation(row.network, row.routing, options, 0.01, 1);
  const auto three = simulate::saturation(row.network, row.routing, options, 0.01, 3);
  CHECK(one.low <= 0.5);
  CHECK(one.high > 0.45);
  CHECK(one.high - one.low <= 0.0101);
  REQUIRE(one.curve.size() == three.curve.size());
  for (std::size_t i = 0; i < one.curve.size(); ++i) {
    CHECK(one.curve[i].offered == three.curve[i].offered);
    CHECK(one.curve[i].latency == three.curve[i].latency);
    CHECK((i == 0 || one.curve[i - 1].offered < one.curve[i].offered));
  }
  row.network.traffic = permutation({1, 0, 2});
  const auto never = simulate::saturation(row.network, row.routing, options);
  CHECK(never.low == 0.999);
  CHECK(never.high == 1);
}

TEST_CASE("the interval of the latency holds what many seeds give") {
  SmallNetwork net = mesh(4);
  double sum = 0;
  constexpr int seeds = 30;
  std::vector<simulate::Result> runs;
  for (int seed = 1; seed <= seeds; ++seed) {
    net.network.sampling.seed = static_cast<std::uint64_t>(seed);
    runs.push_back(simulate::simulate(net.network, net.routing, at_load(0.3)));
    sum += runs.back().latency;
  }
  const double mean = sum / seeds;
  int inside = 0;
  for (const auto& r : runs) {
    CHECK(r.half_width > 0);
    CHECK(r.half_width < 0.05 * r.latency);
    CHECK(r.p99 > r.latency);
    CHECK(r.p99 < 3 * r.latency);
    inside += std::abs(r.latency - mean) <= r.half_width;
  }
  CHECK(inside >= seeds * 8 / 10);  // 95 % are expected
  // BookSim2's draws give the same network the same mean, but for its packets to themselves.
  net.network.traffic.includes_self = true;
  const auto theirs = simulate::simulate(net.network, net.routing, at_load(0.3, simulate::Model::booksim2));
  const auto ours = simulate::simulate(net.network, net.routing, at_load(0.3));
  CHECK(ours.latency == Approx(theirs.latency).epsilon(0.03));
  CHECK(mean > ours.latency);
}
