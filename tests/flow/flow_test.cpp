#include "flow/flow.h"

#include <catch2/catch.hpp>

#include "flow/checker.h"
#include "flow/demand.h"
#include "flow/networks.h"
#include "milp/milp.h"
#include "routing/load.h"
#include "routing/routings.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

flow::Options within(double gap) {
  flow::Options out;
  out.gap = gap;
  return out;
}

double cap(const topology::Graph& graph, std::span<const double> matrix, bool minimal = false) {
  auto options = within(1e-6);
  options.minimal = minimal;
  const auto found = flow::optimum(graph, matrix, options);
  CHECK(found.proved);
  return found.load;
}

}  // namespace

TEST_CASE("a grid carries what crosses its middle, a ring what goes half round") {
  // 4 x 4: 8 of 16 nodes send half of their traffic over 4 links: 4 / 4.
  CHECK(cap(grid(4), uniform(grid(4))) == Approx(1));
  // 6 x 6: 18 nodes, half of their traffic, 6 links: 6 / 9. Without GLPK too large to be exact.
  if (milp::has_integer_programs()) CHECK(cap(grid(6), uniform(grid(6))) == Approx(6.0 / 9));
  // 8 in a ring, itself included: per pair 1/8 over 2 hops in the mean; 16 channels carry 8 * 2 at a load
  // of 1.
  CHECK(cap(ring(8), uniform(ring(8))) == Approx(1));
  // Opposite ones: 8 flows of 4 hops over 16 channels.
  std::vector<double> opposite(64);
  for (std::size_t s = 0; s < 8; ++s) opposite[s * 8 + (s + 4) % 8] = 1;
  CHECK(cap(ring(8), opposite) == Approx(0.5));
}

TEST_CASE("ways that are not the shortest help neighbours on a ring, and only where they are allowed") {
  std::vector<double> right(64);
  for (std::size_t s = 0; s < 8; s += 2) right[s * 8 + s + 1] = 3;
  // 3 flits to the next: alone over one channel 1/3, of which injection allows just that.
  CHECK(cap(ring(8), right) == Approx(1.0 / 3));
  auto narrow = ring(4);
  for (auto& c : narrow.channels) c.width = 0.25;
  std::vector<double> one(16);
  one[1] = 1;
  CHECK(cap(narrow, one) == Approx(0.5));
  CHECK(cap(narrow, one, true) == Approx(0.25));
}

TEST_CASE("a hot spot is bound by its ejection, a busy node by its injection") {
  auto graph = grid(4);
  traffic::Traffic hot{"hotspot", traffic::Kind::hotspot, 16, false, {}, {5}, {}};
  CHECK(cap(graph, traffic::matrix(hot)) == Approx(1.0 / 16));
  std::vector<double> busy(256);
  for (std::size_t d = 1; d < 16; ++d) busy[d] = 0.2;
  CHECK(cap(graph, busy) == Approx(1.0 / 3));
}

TEST_CASE("no traffic: no limit") {
  const auto graph = grid(3);
  CHECK(std::isinf(flow::optimum(graph, std::vector<double>(81), {}).load));
}

TEST_CASE("flow and bound of random networks hold, and no cut is passed") {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    const auto graph = random_network(4 + seed % 6, 2 + seed % 7, seed);
    const auto matrix = random_matrix(graph.terminals.size(), seed);
    const auto found = flow::optimum(graph, matrix, within(1e-6));
    INFO("seed " << seed);
    CHECK(found.proved);
    CHECK(breach(graph, matrix, found) < 1e-6);
    CHECK(bound_of(graph, matrix, found.length) == Approx(found.bound).epsilon(1e-9));
    CHECK(found.load <= found.bound * (1 + 1e-9));
    CHECK(found.load <= cut_bound(graph, matrix) * (1 + 1e-9));
  }
}

TEST_CASE("no routing carries more than the optimum over all routings") {
  std::vector<topology::Graph> graphs;
  for (std::uint32_t seed = 1; seed <= 6; ++seed) graphs.push_back(random_network(6 + seed, 4 + seed, seed));
  std::string why;
  for (const char* name : {"mesh", "torus", "fat-tree", "flattened-butterfly"}) {
    const auto* row = topology::find_generator(name);
    REQUIRE(row != nullptr);
    if (auto graph = row->build({.routers = 16}, why)) graphs.push_back(std::move(*graph));
  }
  std::size_t compared = 0;
  for (const auto& graph : graphs) {
    const auto matrix = uniform(graph);
    const double most = flow::optimum(graph, matrix, within(1e-6)).bound;
    for (const auto& row : routing::rows()) {
      const auto routing = row.make(graph, 4, why);
      if (!routing) continue;
      const auto loads = routing::loads(graph, *routing, matrix);
      INFO(graph.name << ", " << row.name);
      CHECK(routing::channel_bound(graph, matrix, loads).load <= most * (1 + 1e-9));
      ++compared;
    }
  }
  CHECK(compared >= 40);
}

TEST_CASE("on trees the optimum is the least cut") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const auto graph = random_network(7, 0, seed);
    const auto matrix = random_matrix(graph.terminals.size(), seed);
    CHECK(cap(graph, matrix) == Approx(cut_bound(graph, matrix)));
  }
}

TEST_CASE("without the linear program flow and bound close in on the same optimum") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const auto graph = random_network(6 + seed % 8, 6 + seed % 7, seed);
    const auto matrix = random_matrix(graph.terminals.size(), seed);
    const bool minimal = seed % 2 == 0;
    auto options = within(0.01);
    options.minimal = minimal;
    const auto wanted = flow::demand(graph, matrix, minimal);
    const auto near = flow::by_potential(wanted, options);
    const double exact = cap(graph, matrix, minimal);
    INFO("seed " << seed);
    CHECK(near.proved);
    CHECK(near.load <= exact * (1 + 1e-9));
    CHECK(near.bound >= exact * (1 - 1e-9));
    CHECK(near.load >= exact * 0.99);
    CHECK(breach(graph, matrix, near) < 1e-6);
    if (!minimal) CHECK(bound_of(graph, matrix, near.length) == Approx(near.bound).epsilon(1e-9));
  }
}

TEST_CASE("circles of a flow are dropped, what arrives is not") {
  const auto graph = grid(3);
  Rng random{3};
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<double> flow(graph.channels.size());
    for (auto& f : flow) f = random.below(2) == 0 ? 0 : random.uniform();
    std::vector<double> before(graph.routers), after(graph.routers);
    const auto balance = [&](std::vector<double>& of) {
      for (std::size_t c = 0; c < flow.size(); ++c) {
        of[graph.channels[c].from] += flow[c];
        of[graph.channels[c].to] -= flow[c];
      }
    };
    balance(before);
    flow::drop_circles(graph, flow);
    balance(after);
    for (std::size_t r = 0; r < before.size(); ++r) CHECK(after[r] == Approx(before[r]).margin(1e-12));
    // What is left can be taken away from its sources on.
    std::vector<bool> gone(flow.size());
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t c = 0; c < flow.size(); ++c) {
        if (gone[c] || flow[c] == 0) continue;
        bool fed = false;
        for (std::size_t b = 0; b < flow.size(); ++b) {
          fed = fed || (!gone[b] && flow[b] > 0 && graph.channels[b].to == graph.channels[c].from);
        }
        if (!fed) gone[c] = changed = true;
      }
    }
    for (std::size_t c = 0; c < flow.size(); ++c) CHECK((gone[c] || flow[c] == 0));
  }
}
