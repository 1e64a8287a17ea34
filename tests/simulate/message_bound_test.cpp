// The bound of messages that wait for each other: worked by hand, and never above what is simulated.
#include "simulate/message_bound.h"

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "simulate/small_networks.h"

namespace marquetry::simulate {
namespace {

TEST_CASE("the bound of a chain of messages adds up, and is reached") {
  const auto [network, routing] = test::routed(test::row_of(4), "shortest");
  traffic::Messages messages;
  messages.messages = {{.source = 0, .destination = 3, .flits = 1},
                       {.source = 3, .destination = 1, .flits = 1, .delay = 50, .after = {0}},
                       {.source = 1, .destination = 1, .flits = 1, .after = {1}}};
  const auto bound = message_bound(network, routing, messages);
  // 3 + 4 (H + 1) + H: 22 over three hops, 17 over two, 7 to itself.
  CHECK(bound.critical_path == 22 + 50 + 17 + 7);
  CHECK(bound.busiest_node == 2);  // node 1 takes two flits
  CHECK(bound.busiest_channel == 1);
  CHECK(simulate(network, routing, messages, {}).cycles == bound.critical_path);
}

TEST_CASE("the flits of the busiest node and channel are counted") {
  const auto [network, routing] = test::routed(test::row_of(3), "shortest");
  traffic::Messages messages;
  for (int i = 0; i < 5; ++i) messages.messages.push_back({.source = 0, .destination = 2, .flits = 10});
  messages.messages.push_back({.source = 1, .destination = 2, .flits = 30});
  const auto bound = message_bound(network, routing, messages);
  CHECK(bound.busiest_node == 80);
  CHECK(bound.busiest_channel == 80);
  CHECK(network.graph.channels[bound.channel].to == 2);
}

TEST_CASE("no simulated completion is below its bound") {
  const auto [network, routing] = test::mesh(3);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Rng rng{seed};
    traffic::Messages messages;
    const auto draw = [&](std::uint64_t n) { return static_cast<std::uint32_t>(rng.below(n)); };
    for (std::uint32_t i = 0; i < 40; ++i) {
      traffic::Message m{.source = draw(9), .destination = draw(9), .flits = 1 + draw(20), .delay = draw(30)};
      for (std::uint32_t k = draw(3); i > 0 && k > 0; --k) m.after.push_back(draw(i));
      messages.messages.push_back(std::move(m));
    }
    const auto done = simulate(network, routing, messages, {});
    REQUIRE(done.state == State::stable);
    const auto bound = message_bound(network, routing, messages);
    CHECK(done.cycles >= bound.critical_path);
    CHECK(done.cycles >= bound.busiest_node);
    CHECK(static_cast<double>(done.cycles) >= bound.busiest_channel);
  }
}

}  // namespace
}  // namespace marquetry::simulate
