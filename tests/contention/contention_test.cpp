#include "contention/contention.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "contention/streams.h"
#include "flow/networks.h"
#include "routing/routings.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

routing::Routing shortest(const topology::Graph& graph, std::uint32_t vcs = 4) {
  std::string why;
  auto made = routing::find("shortest")->make(graph, vcs, why);
  REQUIRE(made);
  return *made;
}

routing::Router router(std::uint32_t vcs = 4, std::uint32_t buffer = 8) {
  routing::Router out;
  out.vcs = vcs;
  out.buffer = buffer;
  return out;
}

contention::Prediction predicted(const topology::Graph& graph, std::span<const double> matrix,
                                 const routing::Router& router, std::uint32_t packet = 1,
                                 std::span<const double> loads = {}) {
  return contention::predict(graph, shortest(graph, router.vcs), router, packet, matrix, loads);
}

// Two routers with a node each, all traffic from the first to the second.
topology::Graph pair_of_routers(std::uint32_t latency = 1) {
  topology::Graph graph;
  graph.routers = 2;
  topology::add_link(graph, 0, 1, latency);
  return with_nodes(std::move(graph));
}
const std::vector<double> one_way{0, 1, 0, 0};

// Latency is three times that without load somewhat before the limit.
void check_near_limit(double saturation, double limit) {
  CHECK(saturation <= 1.02 * limit);
  CHECK(saturation >= 0.8 * limit);
}

}  // namespace

TEST_CASE("streams add up to the routing's loads, and lie on the virtual channels that it allows") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const auto graph = random_network(5 + seed, seed, seed);
    const auto matrix = random_matrix(graph.terminals.size(), seed);
    const auto routing = shortest(graph);
    const auto loads = routing::loads(graph, routing, matrix);
    const auto found = contention::streams(graph, routing, router(), matrix);
    std::vector<double> in(graph.channels.size()), out(graph.channels.size());
    double injected = 0, ejected = 0, sent = 0;
    for (const auto& s : found.streams) {
      (s.in < in.size() ? in[s.in] : injected) += s.rate;
      (s.out < out.size() ? out[s.out] : ejected) += s.rate;
    }
    for (const double t : matrix) sent += t;
    CHECK(injected == Approx(sent));
    CHECK(ejected == Approx(sent));
    CHECK(found.sent == Approx(sent));
    for (std::size_t c = 0; c < loads.size(); ++c) {
      CHECK(in[c] == Approx(loads[c]).margin(1e-12));
      CHECK(out[c] == Approx(loads[c]).margin(1e-12));
      for (std::size_t v = 0; v < 4; ++v) CHECK(found.on_vc[c * 4 + v] == Approx(loads[c] / 4).margin(1e-12));
    }
  }
}

TEST_CASE("functions that draw lots give the streams of their loads as well") {
  auto square = grid(4);
  square.shape = {topology::Family::mesh, 4, 2, 1};
  const auto matrix = uniform(square);
  for (const char* name : {"xy-yx", "valiant", "dimension-order"}) {
    std::string why;
    const auto routing = routing::find(name)->make(square, 4, why);
    INFO(name << ": " << why);
    REQUIRE(routing);
    const auto loads = routing::loads(square, *routing, matrix);
    std::vector<double> out(loads.size());
    for (const auto& s : contention::streams(square, *routing, router(), matrix).streams) {
      if (s.out < out.size()) out[s.out] += s.rate;
    }
    for (std::size_t c = 0; c < loads.size(); ++c) CHECK(out[c] == Approx(loads[c]).margin(1e-12));
  }
}

TEST_CASE("a single flow without anybody in its way saturates where its channel is full") {
  const auto found = predicted(pair_of_routers(), one_way, router());
  CHECK(found.bound == 1);
  CHECK(found.zero_load == 3 + 2 * 4 + 1);
  CHECK(found.saturation > 0.98);
}

TEST_CASE("virtual channels that are too few hold a flow down: 3 cycles each of routing and allocation") {
  // Each of v virtual channels passes a flit every 3 cycles: 1/3 and 2/3 (BookSim2: 0.667 of two on a torus).
  check_near_limit(predicted(pair_of_routers(), one_way, router(1)).saturation, 1.0 / 3);
  check_near_limit(predicted(pair_of_routers(), one_way, router(2)).saturation, 2.0 / 3);
}

TEST_CASE("buffers that are too small for the credits' round trip hold a flow down") {
  // Round trip of 20 + 20 + 5 cycles, 4 x 4 slots: 16 / 45 of the channel.
  check_near_limit(predicted(pair_of_routers(20), one_way, router(4, 4)).saturation, 16.0 / 45);
  check_near_limit(predicted(pair_of_routers(20), one_way, router(4, 16)).saturation, 1);
}

TEST_CASE("latency starts from the zero-load latency, rises with load and is infinite from saturation on") {
  const std::vector<double> loads{0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1};
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const auto graph = random_network(6 + seed, 3 + seed, seed);
    const auto found = predicted(graph, uniform(graph), router(), 1 + seed % 5, loads);
    CHECK(found.latency[0] == Approx(found.zero_load).epsilon(1e-9));
    for (std::size_t i = 1; i < loads.size(); ++i) CHECK(found.latency[i] >= found.latency[i - 1]);
    for (std::size_t i = 0; i < loads.size(); ++i) {
      CHECK(std::isfinite(found.latency[i]) == (loads[i] < found.saturation));
      if (loads[i] < found.saturation) CHECK(found.latency[i] <= 3 * found.zero_load * (1 + 1e-6));
    }
  }
}

TEST_CASE("saturation stays near or below the bound, and more virtual channels or buffers never hurt") {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const auto graph = random_network(6 + seed, 3 + seed, seed);
    const auto matrix = uniform(graph);
    const auto few = predicted(graph, matrix, router(2, 4)), more = predicted(graph, matrix, router(4, 8)),
               most = predicted(graph, matrix, router(8, 16));
    CHECK(most.saturation <= 1.1 * most.bound);
    CHECK(few.saturation <= more.saturation * (1 + 1e-3));
    CHECK(more.saturation <= most.saturation * (1 + 1e-3));
  }
}

TEST_CASE("no traffic, no waiting") {
  const auto graph = grid(3);
  const std::vector<double> loads{0.5};
  const auto found = predicted(graph, std::vector<double>(81), router(), 1, loads);
  CHECK(std::isinf(found.saturation));
  CHECK(found.latency[0] == 0);
}

TEST_CASE("streams by way of nodes between are the same leg by leg and as whole ways") {
  std::string why;
  std::size_t compared = 0;
  for (const auto* topology : {"mesh", "torus", "concentrated-mesh", "flattened-butterfly"}) {
    const bool is_square = topology::find_generator(topology)->build({.k = 4, .n = 2}, why).has_value();
    const auto graph = *topology::find_generator(topology)->build(
        is_square ? topology::Size{.k = 4, .n = 2} : topology::Size{.k = 2, .n = 2, .c = 4}, why);
    std::vector<double> matrix(graph.terminals.size() * graph.terminals.size());
    for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = 0.1 * static_cast<double>(i * 7 % 5);
    for (const auto* name : {"valiant", "valiant-booksim2", "romm"}) {
      const auto legs = routing::find(name)->make(graph, 4, why);
      if (!legs) continue;
      auto whole = *legs;
      REQUIRE(whole.chance != nullptr);
      whole.chance = nullptr;
      INFO(name << " on " << topology);
      const auto ours = contention::streams(graph, *legs, router(), matrix);
      const auto its = contention::streams(graph, whole, router(), matrix);
      CHECK(ours.first == its.first);
      CHECK(ours.sent == Approx(its.sent));
      REQUIRE(ours.streams.size() == its.streams.size());
      for (std::size_t i = 0; i < ours.streams.size(); ++i) {
        CHECK(ours.streams[i].in == its.streams[i].in);
        CHECK(ours.streams[i].out == its.streams[i].out);
        CHECK(ours.streams[i].rate == Approx(its.streams[i].rate));
      }
      REQUIRE(ours.on_vc.size() == its.on_vc.size());
      const bool is_exact = whole.name != "valiant-booksim2";
      for (std::size_t i = 0; i < ours.on_vc.size(); ++i)
        CHECK(ours.on_vc[i] ==
              Approx(its.on_vc[i]).epsilon(is_exact ? 1e-9 : 0.2).margin(is_exact ? 0 : 0.1));
      ++compared;
    }
  }
  CHECK(compared >= 6);
}
