// What the simulator says of networks that fail: why, and where.
#include <catch2/catch.hpp>

#include "simulate/small_networks.h"

using namespace marquetry;
using namespace marquetry::test;
using simulate::State;

TEST_CASE("a ring with one virtual channel deadlocks, and the circle is the ring") {
  SmallNetwork ring = routed(row_of(4, 1, true), "shortest", 1);
  ring.routing = clockwise(ring.network.graph, 1);
  ring.network.router.buffer = 2;
  ring.network.packet = 8;  // longer than a buffer: each lies over several routers
  ring.network.traffic = permutation({2, 3, 0, 1});
  const auto r = simulate::simulate(ring.network, ring.routing, at_load(0.9));
  CHECK(r.state == State::deadlocked);
  REQUIRE(r.circle.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& from = ring.network.graph.channels[r.circle[i].channel];
    const auto& to = ring.network.graph.channels[r.circle[(i + 1) % 4].channel];
    CHECK(from.to == to.from);
    CHECK(from.to == (from.from + 1) % 4);
    CHECK(r.circle[i].vc == 0);
  }
  CHECK(r.why.find("each waits for the next one") != std::string::npos);
  CHECK(r.why.find(" -> ") != std::string::npos);
}

TEST_CASE("messages that deadlock are found, too, and nothing hangs") {
  SmallNetwork ring = routed(row_of(4, 1, true), "shortest", 1);
  ring.routing = clockwise(ring.network.graph, 1);
  ring.network.router.buffer = 2;
  ring.network.packet = 100;
  traffic::Messages all;
  for (std::uint32_t n = 0; n < 4; ++n) all.messages.push_back({n, (n + 2) % 4, 100, 0, {}});
  const auto done = simulate::simulate(ring.network, ring.routing, all, {});
  CHECK(done.state == State::deadlocked);
  CHECK(done.circle.size() == 4);
  CHECK(done.cycles == 0);
  CHECK(done.arrival == std::vector<std::uint64_t>(4, ~std::uint64_t{0}));
}

TEST_CASE("the same ring with a dateline does not deadlock") {
  // Two layers: packets that pass from router 3 to router 0 in the one, the others in the other; none goes
  // round more than once, so neither closes a circle.
  SmallNetwork ring = routed(row_of(4, 1, true), "shortest", 2);
  ring.routing = clockwise(ring.network.graph, 2);
  ring.routing.layers = 2;
  for (std::uint32_t s = 0; s < 4; ++s)
    for (std::uint32_t d = 0; d < 4; ++d) ring.routing.layer.push_back(d < s ? 1 : 0);
  ring.network.router.buffer = 2;
  ring.network.packet = 8;
  ring.network.traffic = permutation({2, 3, 0, 1});
  ring.network.sampling.latency_threshold = 1e6;
  const auto r = simulate::simulate(ring.network, ring.routing, at_load(0.3));
  CHECK(r.circle.empty());
  CHECK(r.packets > 100);
}

TEST_CASE("a network that is offered too much is saturated, and its full channels are named") {
  // Routers 0 and 1 both send to router 3 over the link 2 -> 3.
  SmallNetwork row = routed(row_of(4), "shortest");
  row.network.traffic = permutation({3, 3, 2, 3});
  for (const auto model : {simulate::Model::standard, simulate::Model::booksim2}) {
    const auto r = simulate::simulate(row.network, row.routing, at_load(0.8, model));
    CHECK(r.state == State::saturated);
    REQUIRE_FALSE(r.full.empty());
    std::vector<std::string> names;
    for (const auto c : r.full)
      if (c < row.network.graph.channels.size())
        names.push_back(std::to_string(row.network.graph.channels[c].from) +
                        std::to_string(row.network.graph.channels[c].to));
    CHECK(std::find(names.begin(), names.end(), "23") != names.end());
    CHECK(r.why.find("2 -> 3") != std::string::npos);
  }
}

TEST_CASE("a network of long links is not called saturated for its latency") {
  // Three links of 300 cycles: a lone packet takes longer than the usual threshold of 500.
  topology::Graph graph;
  graph.routers = 4;
  for (std::uint32_t r = 0; r < 4; ++r) topology::add_terminal(graph, r);
  for (std::uint32_t r = 0; r < 3; ++r) topology::add_link(graph, r, r + 1, 300);
  SmallNetwork row = routed(std::move(graph), "shortest");
  row.network.traffic = permutation({3, 2, 1, 0});
  row.network.router.buffer = 64;
  CHECK(simulate::simulate(row.network, row.routing, at_load(0.05)).state == State::stable);
  const auto theirs = simulate::simulate(row.network, row.routing, at_load(0.05, simulate::Model::booksim2));
  CHECK(theirs.state == State::saturated);
}

TEST_CASE("nodes that no way leads to, and ways that lead in a circle, are unreachable") {
  SmallNetwork row = routed(row_of(3), "shortest");
  row.network.traffic = permutation({2, 0, 1});
  auto without = row.routing;  // router 1 knows no way to node 2
  without.ways.erase(without.ways.begin() + without.begin[1 * 3 + 2]);
  for (std::size_t i = 1 * 3 + 3; i < without.begin.size(); ++i) --without.begin[i];
  const auto lost = simulate::simulate(row.network, without, at_load(0.1));
  CHECK(lost.state == State::unreachable);
  CHECK(lost.why == "no way leads from node 0 to node 2");

  auto back = row.routing;  // router 1 sends to router 0 what is for node 2
  back.ways[back.begin[1 * 3 + 2]].port = back.ways[back.begin[1 * 3 + 0]].port;
  const auto circling = simulate::simulate(row.network, back, at_load(0.01));
  CHECK(circling.state == State::unreachable);
  CHECK(circling.why == "no way leads from node 0 to node 2");

  auto wrong = row.routing;  // router 1 gives its own node what is for node 2
  wrong.ways[wrong.begin[1 * 3 + 2]].port = row.network.graph.terminals[1].out_port;
  CHECK(simulate::simulate(row.network, wrong, at_load(0.01)).state == State::unreachable);
}

TEST_CASE("what cannot be simulated is refused, with the reason") {
  const SmallNetwork good = mesh(2);
  const auto refused = [&](auto change) {
    SmallNetwork bad = good;
    change(bad);
    const auto r = simulate::simulate(bad.network, bad.routing, at_load(0.1));
    CHECK(r.state == State::refused);
    CHECK(simulate::simulate(bad.network, bad.routing, traffic::Messages{}, {}).state == State::refused);
    CHECK(simulate::saturation(bad.network, bad.routing, {}).curve.at(0).state == State::refused);
    return r.why;
  };
  CHECK(refused([](auto& n) { n.network.router.vcs = 2; }) ==
        "the routing is made for 4 virtual channels, the routers have 2");
  CHECK(refused([](auto& n) { n.network.router.pipeline.vc_alloc = 0; }).find("at least one cycle") !=
        std::string::npos);
  CHECK(refused([](auto& n) { n.network.router.pipeline.st_final = 0; }).find("the switch takes") !=
        std::string::npos);
  CHECK(refused([](auto& n) { n.network.router.input_speedup = 5; }) ==
        "an input speed-up above the number of virtual channels");
  CHECK(refused([](auto& n) { n.network.router.vcs = 65; }) == "more than 64 virtual channels a port");
  CHECK(refused([](auto& n) { n.network.packet = 0; }) == "packets of no flits");
  CHECK(refused([](auto& n) { n.network.graph.channels[0].width = 0; }).find("carries no flit") !=
        std::string::npos);
  CHECK(refused([](auto& n) { n.routing.begin.pop_back(); }) == "the routing's table is of another network");
  CHECK(refused([](auto& n) {
          n.network.router.pipeline.speculative = true;
          n.network.router.pipeline.vc_alloc = 2;
        }).find("speculative") != std::string::npos);
}

TEST_CASE("traffic that does not fit the network is refused") {
  SmallNetwork net = mesh(2);
  const auto why = [&] { return simulate::simulate(net.network, net.routing, at_load(0.1)).why; };
  net.network.traffic.nodes = 5;
  CHECK(why() == "traffic of 5 nodes in a network of 4");
  net.network.traffic = permutation({1, 2, 3, 4});
  CHECK(why() == "traffic that names other nodes than the network has");
  net.network.traffic = {};
  net.network.traffic.kind = traffic::Kind::hotspot;
  net.network.traffic.nodes = 4;
  CHECK(why() == "traffic that names other nodes than the network has");
  net.network.traffic.kind = traffic::Kind::matrix;
  net.network.traffic.weights.assign(16, -1);
  CHECK(why() == "traffic with a weight below 0");
  net.network.traffic.weights.assign(16, 0);  // nobody sends
  const auto none = simulate::simulate(net.network, net.routing, at_load(0.1));
  CHECK(none.state == State::stable);
  CHECK(none.packets == 0);
  CHECK(simulate::simulate(net.network, net.routing, at_load(-1)).why == "a load below 0");
}

TEST_CASE("a run stops where it is told to, and says so") {
  const SmallNetwork net = mesh(2);
  simulate::Options options = at_load(0.1);
  options.most_cycles = 500;
  const auto r = simulate::simulate(net.network, net.routing, options);
  CHECK(r.state == State::interrupted);
  CHECK(r.why == "stopped after 500 cycles");
  const std::atomic<bool> stop{true};
  options.most_cycles = 0;
  options.stop = &stop;
  CHECK(simulate::simulate(net.network, net.routing, options).state == State::interrupted);
  const traffic::Messages one{"one", {{0, 3, 10, 0, {}}}};
  CHECK(simulate::simulate(net.network, net.routing, one, options).state == State::interrupted);
  CHECK(simulate::saturation(net.network, net.routing, options).curve.back().state == State::interrupted);
}
