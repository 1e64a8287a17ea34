// Failures against taking the link or die out and computing everything again.
#include "synthesis/resilience.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"
#include "routing/load.h"
#include "routing/routings.h"
#include "topology/generators.h"

using namespace marquetry;
using namespace marquetry::synthesis;

namespace {

std::vector<double> uniform(std::size_t nodes) {
  std::vector<double> out(nodes * nodes, 1 / static_cast<double>(nodes - 1));
  for (std::size_t n = 0; n < nodes; ++n) out[n * nodes + n] = 0;
  return out;
}

topology::Graph grid(std::uint32_t rows, std::uint32_t columns) {
  topology::Graph graph{.name = "grid", .routers = rows * columns};
  for (std::uint32_t r = 0; r < graph.routers; ++r) topology::add_terminal(graph, r);
  for (std::uint32_t y = 0; y < rows; ++y) {
    for (std::uint32_t x = 0; x < columns; ++x) {
      if (x + 1 < columns) topology::add_link(graph, y * columns + x, y * columns + x + 1);
      if (y + 1 < rows) topology::add_link(graph, y * columns + x, (y + 1) * columns + x);
    }
  }
  return graph;
}

// A tree and some more links, of random width and latency; routers with none, one or two nodes.
topology::Graph drawn(std::uint32_t routers, std::uint32_t more, Rng& rng) {
  topology::Graph graph{.name = "drawn", .routers = routers};
  const auto link = [&](std::uint32_t a, std::uint32_t b) {
    topology::add_link(graph, a, b, static_cast<std::uint32_t>(1 + rng.below(3)),
                       0.25 * static_cast<double>(1 + rng.below(4)));
  };
  for (std::uint32_t r = 0; r < routers; ++r) {
    for (auto nodes = r < 2 ? 1 : rng.below(3); nodes > 0; --nodes) topology::add_terminal(graph, r);
    if (r > 0) link(r, static_cast<std::uint32_t>(rng.below(r)));
  }
  for (std::uint32_t i = 0; i < more; ++i) {
    const auto a = static_cast<std::uint32_t>(rng.below(routers));
    const auto b = static_cast<std::uint32_t>(rng.below(routers));
    if (a != b) link(a, b);
  }
  return graph;
}

std::vector<double> drawn_matrix(std::size_t nodes, Rng& rng) {
  std::vector<double> out(nodes * nodes);
  for (auto& t : out) t = rng.below(4) == 0 ? 0 : rng.uniform();
  return out;
}

// Whether all routers but the lost one reach each other.
bool holds_together(const topology::Graph& graph, const Loss& loss) {
  std::vector<char> seen(graph.routers);
  const std::uint32_t first = loss.router == 0 ? 1 : 0;
  seen.at(first) = 1;
  for (std::uint32_t round = 0; round < graph.routers; ++round) {
    for (const auto& c : graph.channels) {
      if (c.link != loss.link && c.from != loss.router && c.to != loss.router && seen[c.from] != 0)
        seen[c.to] = 1;
    }
  }
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    if (r != loss.router && seen[r] == 0) return false;
  }
  return true;
}

void check_outcome(const topology::Graph& graph, const std::vector<double>& matrix,
                   const routing::Router& router, const Outcome& outcome) {
  INFO(outcome.name);
  CHECK(outcome.rerouted.in_pieces == !holds_together(graph, outcome.loss));
  // Without the nodes of a lost router the channel numbers of the hash would move: the damaged graph keeps
  // its routers here.
  auto left = graph;
  std::vector<std::uint32_t> kept;
  left.channels.clear();
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    const auto& x = graph.channels[c];
    if (x.link == outcome.loss.link || x.from == outcome.loss.router || x.to == outcome.loss.router) continue;
    kept.push_back(c);
  }
  // Floyd and Warshall, then every pair's way one hop at a time by the rule that the header states.
  const auto n = graph.routers;
  std::vector<double> way(n * n, infinity);
  const auto weight = [&](std::uint32_t c) {
    return static_cast<double>(graph.channels[c].latency + router.at(graph.channels[c].to).cycles());
  };
  for (std::size_t r = 0; r < n; ++r) way[r * n + r] = 0;
  for (const auto c : kept) {
    auto& w = way[graph.channels[c].from * n + graph.channels[c].to];
    w = std::min(w, weight(c));
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        way[i * n + j] = std::min(way[i * n + j], way[i * n + k] + way[k * n + j]);
    }
  }
  const auto nodes = graph.terminals.size();
  std::vector<double> load(graph.channels.size()), sent(nodes), received(nodes);
  bool is_cut = false;
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d) {
      auto here = graph.terminals[s].router;
      const auto there = graph.terminals[d].router;
      const double t = matrix[s * nodes + d];
      if (t <= 0 || here == outcome.loss.router || there == outcome.loss.router) continue;
      sent[s] += t, received[d] += t;
      if (std::isinf(way[here * n + there])) {
        is_cut = true;
        continue;
      }
      while (here != there) {
        std::uint32_t best = topology::none;
        for (const auto c : kept) {
          const auto& x = graph.channels[c];
          if (x.from != here || way[here * n + there] != weight(c) + way[x.to * n + there]) continue;
          const auto hash = [&](std::uint32_t channel) {
            return Rng{std::uint64_t{channel} << 32 | there}.next();
          };
          if (best == topology::none || hash(c) > hash(best)) best = c;
        }
        load[best] += t;
        here = graph.channels[best].to;
      }
    }
  }
  double busiest = 0;
  for (std::size_t c = 0; c < load.size(); ++c)
    busiest = std::max(busiest, load[c] / graph.channels[c].width);
  for (std::size_t s = 0; s < nodes; ++s) busiest = std::max({busiest, sent[s], received[s]});
  CHECK(outcome.rerouted.load == Approx(is_cut ? 0 : 1 / busiest));
  CHECK((outcome.rerouted.cut_pairs > 0) == is_cut);
}

}  // namespace

TEST_CASE("after every failure the loads are those of taking it out and routing all again") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Rng rng{seed};
    const auto routers = static_cast<std::uint32_t>(4 + rng.below(9));
    const auto graph = drawn(routers, static_cast<std::uint32_t>(rng.below(routers)), rng);
    const auto matrix = drawn_matrix(graph.terminals.size(), rng);
    routing::Router router;
    router.of_router.resize(routers);
    for (auto& pipeline : router.of_router) pipeline.routing = static_cast<std::uint32_t>(rng.below(3));
    const auto result = resilience(graph, matrix, router, {.routing = ""});
    INFO("seed " << seed);
    CHECK(result.links.size() == graph.channels.size() / 2);
    check_outcome(graph, matrix, router, result.intact);
    for (const auto& outcome : result.links) check_outcome(graph, matrix, router, outcome);
    for (const auto& outcome : result.dies) check_outcome(graph, matrix, router, outcome);
    for (std::uint32_t r = 0; r < routers; ++r)
      CHECK(std::ranges::binary_search(result.articulation, r) == !holds_together(graph, {.router = r}));
  }
}

TEST_CASE("a star hangs on its middle, a ring on nothing") {
  topology::Graph star{.name = "star", .routers = 5, .names = {"io", "a", "b", "c", "d"}};
  for (std::uint32_t r = 0; r < 5; ++r) {
    topology::add_terminal(star, r);
    if (r > 0) topology::add_link(star, 0, r);
  }
  const auto of_star = resilience(star, uniform(5), {});
  CHECK(of_star.articulation == std::vector<std::uint32_t>{0});
  CHECK(of_star.bridges == std::vector<std::uint32_t>{0, 1, 2, 3});
  CHECK(of_star.of_links.worst == 0);
  CHECK(of_star.dies[0].name == "die io");
  CHECK(of_star.links[2].name == "link 2 (io - c)");
  // Without d the others carry as before: 1/4 of each node's flits from each of the other three.
  CHECK(of_star.dies[4].rerouted.load == Approx(4.0 / 3));

  topology::Graph ring{.name = "ring", .routers = 5};
  for (std::uint32_t r = 0; r < 5; ++r) {
    topology::add_terminal(ring, r);
    topology::add_link(ring, r, (r + 1) % 5);
  }
  const auto of_ring = resilience(ring, uniform(5), {}, {.optimum = true});
  CHECK(of_ring.articulation.empty());
  CHECK(of_ring.bridges.empty());
  // A chain of five: its middle links carry 2 * 3 pairs at 1/4 each way.
  for (const auto& o : of_ring.links) {
    CHECK(o.rerouted.load == Approx(1 / 1.5));
    CHECK(o.optimum == Approx(1 / 1.5));
    CHECK(o.deadlock_free);  // a chain cannot
  }
  CHECK(of_ring.of_links.mean == Approx(of_ring.of_links.worst));
  // Five dies in a circle, each way the shorter: two hops in a row close the circle of dependencies.
  CHECK(of_ring.intact.is_certified);
  CHECK_FALSE(of_ring.intact.deadlock_free);
}

TEST_CASE("no routing of what is left carries more than the optimum's bound") {
  const auto graph = grid(3, 3);
  const auto result = resilience(graph, uniform(9), {}, {.optimum = true});
  REQUIRE(result.complete);
  for (const auto* group : {&result.links, &result.dies}) {
    for (const auto& o : *group) {
      INFO(o.name);
      CHECK(o.rerouted.load <= o.bound * (1 + 1e-6));
      CHECK(o.routed <= o.bound * (1 + 1e-6));
      CHECK(o.optimum <= o.bound * (1 + 1e-6));
      CHECK(o.is_certified);
    }
  }
  CHECK(result.of_links.worst <= result.intact.rerouted.load);
}

TEST_CASE("what fails is left out of graph and traffic alike") {
  const auto graph = grid(2, 3);
  const auto left = damaged(graph, uniform(6), {.router = 1});
  CHECK(left.graph.routers == 5);
  CHECK(left.graph.terminals.size() == 5);
  CHECK(left.matrix.size() == 25);
  CHECK(left.graph.channels.size() == graph.channels.size() - 6);
  CHECK(topology::faults(left.graph).empty());
  CHECK(topology::router_name(left.graph, 1) == "2");
}

TEST_CASE("failures are the same for any number of threads") {
  const auto graph = grid(4, 4);
  const auto one = resilience(graph, uniform(16), {}, {.threads = 1});
  const auto two = resilience(graph, uniform(16), {}, {.threads = 2});
  REQUIRE(one.links.size() == two.links.size());
  for (std::size_t l = 0; l < one.links.size(); ++l) {
    CHECK(one.links[l].rerouted.load == two.links[l].rerouted.load);
    CHECK(one.links[l].routed == two.links[l].routed);
    CHECK(one.links[l].deadlock_free == two.links[l].deadlock_free);
  }
}
