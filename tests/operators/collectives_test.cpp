// Collectives: sums by hand, and laws that hold on any links.
#include "operators/collectives.h"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <limits>

namespace marquetry::operators {
namespace {

constexpr Collective kinds[]{Collective::all_reduce, Collective::reduce_scatter, Collective::all_gather,
                             Collective::all_to_all, Collective::broadcast,      Collective::send};
constexpr Joined ways[]{Joined::ring, Joined::fully_connected, Joined::torus, Joined::switched};

Peers links(Joined joined) { return {.joined = joined, .bandwidth = 100e9, .latency = 1e-6}; }

TEST_CASE("a ring all-reduce: two rounds, each of n - 1 steps of a part") {
  // 2 * 7 steps of 1 us, 14/8 of 1 GB at 100 GB/s
  const auto cost = collective(Collective::all_reduce, links(Joined::ring), 8, 1e9);
  CHECK(cost.total == Approx(14e-6 + 17.5e-3));
  CHECK(cost.bound == Bound::network);
}

TEST_CASE("fully connected members reduce in two steps, and a single message has one link") {
  const auto peers = links(Joined::fully_connected);
  CHECK(collective(Collective::all_reduce, peers, 4, 1e6).total == Approx(2e-6 + 15e-6));
  CHECK(collective(Collective::send, peers, 4, 1e6).total == Approx(1e-6 + 30e-6));
}

TEST_CASE("over a switch an all-reduce halves and doubles") {
  CHECK(schedule(Collective::all_reduce, links(Joined::switched), 8, 1e6).steps == 6);
  CHECK(schedule(Collective::broadcast, links(Joined::switched), 2, 1e6).wire == Approx(1e-5));
}

TEST_CASE("a torus is a ring of rings: 4 x 4 takes 2 (3 + 3) steps, a prime number is one ring") {
  CHECK(schedule(Collective::all_reduce, links(Joined::torus), 16, 1e6).steps == 12);
  CHECK(schedule(Collective::all_reduce, links(Joined::torus), 7, 1e6).steps == 12);  // no sides but 1 x 7
}

TEST_CASE("a narrow cut holds up an all-to-all, and nothing else") {
  auto peers = links(Joined::fully_connected);
  peers.cut = 20e9;
  // 4 * 4 parts of 1/8 each over 20 GB/s
  CHECK(schedule(Collective::all_to_all, peers, 8, 1e9).wire == Approx(0.1));
  CHECK(schedule(Collective::all_reduce, peers, 8, 1e9).wire == Approx(0.0175));
}

TEST_CASE("the cut of a ring says of an all-to-all what the ring itself says") {
  for (const double n : {2.0, 3.0, 4.0, 7.0, 8.0}) {
    auto cut = links(Joined::ring);
    // A halving cuts the ring twice; each direction of a link has half of the member's bandwidth. Two members
    // have all their links between them.
    cut.cut = cut.bandwidth;
    CHECK(schedule(Collective::all_to_all, cut, n, 1e6).wire ==
          Approx(schedule(Collective::all_to_all, links(Joined::ring), n, 1e6).wire));
  }
}

TEST_CASE("small messages wait, middling ones climb with the root, large ones go at the rate of the links") {
  const Peers peers{
      .joined = Joined::ring, .bandwidth = 1e9, .launch = 10e-6, .ramp = 100e-6, .start = 50e-6};
  const auto time = [&](double bytes) {
    return collective(Collective::all_gather, peers, 2, 2 * bytes).total;
  };
  CHECK(time(1e-3) == Approx(10e-6).epsilon(0.003));
  CHECK(time(1e3) == Approx(10e-6 + 20e-6 + 1e-6));  // 1 us on the wire: 2 sqrt(100 * 1) us
  CHECK(time(1e6) == Approx(10e-6 + 50e-6 + 1e-3));
}

TEST_CASE("alone there is nothing to do, unjoined it takes forever") {
  for (const auto kind : kinds) {
    CHECK(collective(kind, links(Joined::ring), 1, 1e6).total == 0);
    CHECK(collective(kind, Peers{.bandwidth = 1}, 2, 1e6).total == std::numeric_limits<double>::infinity());
  }
}

TEST_CASE("two levels: parts are summed within, exchanged among, gathered within") {
  const Level inside{links(Joined::ring), 4}, outside{{.joined = Joined::switched, .bandwidth = 50e9}, 2};
  // 2 * 3/4 of 1 GB at 100 GB/s with 6 steps, and 2 * 1/2 of it at 50 GB/s
  CHECK(hierarchical(Collective::all_reduce, inside, outside, 1e9).total == Approx(0.015 + 6e-6 + 0.02));
  CHECK(hierarchical(Collective::all_reduce, inside, {{}, 1}, 1e9).total ==
        collective(Collective::all_reduce, links(Joined::ring), 4, 1e9).total);
}

TEST_CASE("no schedule beats what a single member's links let out, more takes longer, and parts add up") {
  const bool holds = rc::check("laws of collectives", [] {
    const auto kind = kinds[*rc::gen::inRange(0, 6)];
    const auto joined = ways[*rc::gen::inRange(0, 4)];
    const double n = *rc::gen::inRange(2, 65);
    const double bytes = *rc::gen::inRange(1, 1'000'000'000);
    const auto peers = links(joined);
    const auto here = schedule(kind, peers, n, bytes);
    RC_ASSERT(here.wire >= least_time(kind, 1, n, peers.bandwidth, bytes) * (1 - 1e-12));
    RC_ASSERT(here.wire >= least_time(kind, n - 1, n, peers.bandwidth, bytes) * (1 - 1e-12));
    RC_ASSERT(here.steps >= 1);
    RC_ASSERT(schedule(kind, peers, n, 2 * bytes).wire >= here.wire);
    const auto half = schedule(Collective::reduce_scatter, peers, n, bytes);
    const auto other = schedule(Collective::all_gather, peers, n, bytes);
    const auto whole = schedule(Collective::all_reduce, peers, n, bytes);
    RC_ASSERT(std::abs(half.wire + other.wire - whole.wire) <= 1e-12 * whole.wire);
    RC_ASSERT(half.steps + other.steps == whole.steps);
    const auto cost = collective(kind, peers, n, bytes);
    RC_ASSERT(cost.total == cost.network + cost.overhead);
  });
  CHECK(holds);
}

}  // namespace
}  // namespace marquetry::operators
