// The rows: every packet arrives by the way that the row says.
#include "routing/routings.h"

#include <catch2/catch.hpp>

#include "routing/checker.h"
#include "routing/load.h"
#include "routing/random_graph.h"
#include "routing/walk.h"
#include "topology/generators.h"
#include "traffic/traffic.h"

using namespace marquetry;
using namespace marquetry::routing;
using test::built;
using test::cube;
using test::made;
using test::random_graph;
using topology::Graph;

namespace {

// BookSim2's rule word for word on a matrix of latencies: the neighbour that each router takes.
std::vector<std::uint32_t> next_by_matrix(const Graph& graph, std::uint32_t source) {
  const std::size_t n = graph.routers;
  const std::uint32_t far = 1u << 30;
  std::vector<std::uint32_t> wire(n * n, far), distance(n, far), before(n, far);
  for (const auto& c : graph.channels) wire[c.from * n + c.to] = std::min(wire[c.from * n + c.to], c.latency);
  std::vector<bool> done(n);
  distance[source] = 0;
  for (std::size_t round = 0; round < n; ++round) {
    std::size_t here = n;
    for (std::size_t r = 0; r < n; ++r)
      if (!done[r] && (here == n || distance[r] < distance[here])) here = r;
    done[here] = true;
    for (std::size_t to = 0; to < n; ++to) {
      if (wire[here * n + to] == far || distance[here] + wire[here * n + to] >= distance[to]) continue;
      distance[to] = distance[here] + wire[here * n + to];
      before[to] = static_cast<std::uint32_t>(here);
    }
  }
  std::vector<std::uint32_t> out(n);
  for (std::uint32_t to = 0; to < n; ++to) {
    auto hop = to;
    while (hop != source && before[hop] != source) hop = before[hop];
    out[to] = hop;
  }
  return out;
}

// Cycles on the wires by relaxing until nothing changes.
std::vector<std::uint32_t> distances(const Graph& graph) {
  const std::size_t n = graph.routers;
  std::vector<std::uint32_t> d(n * n, 1u << 20);
  for (std::size_t r = 0; r < n; ++r) d[r * n + r] = 0;
  for (std::size_t round = 0; round < n; ++round)
    for (std::size_t s = 0; s < n; ++s)
      for (const auto& c : graph.channels)
        d[s * n + c.to] = std::min(d[s * n + c.to], d[s * n + c.from] + c.latency);
  return d;
}

bool is_minimal(const Graph& graph, const test::Seen& seen) {
  const auto d = distances(graph);
  const auto nodes = graph.terminals.size();
  for (std::size_t s = 0; s < nodes; ++s)
    for (std::size_t t = 0; t < nodes; ++t)
      if (seen.least_cycles[s * nodes + t] !=
          d[graph.terminals[s].router * graph.routers + graph.terminals[t].router])
        return false;
  return true;
}

}  // namespace

TEST_CASE("shortest paths break ties as BookSim2's arbitrary graphs do") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto graph = random_graph(seed, 14, 12);
    const auto routing = made("shortest", graph, 4);
    CHECK(test::walk(graph, routing).arrives);
    for (std::uint32_t r = 0; r < graph.routers; ++r) {
      const auto next = next_by_matrix(graph, r);
      for (std::uint32_t d = 0; d < graph.terminals.size(); ++d) {
        const auto all = test::answers(graph, routing, {r, 0, 0, false}, {0, d});
        REQUIRE(all.size() == 1);
        CHECK(all[0].way.last_vc == 3);
        const auto to = graph.terminals[d].router;
        if (to == r) {
          CHECK(all[0].way.port == graph.terminals[d].out_port);
          continue;
        }
        std::uint32_t latency = 100, taken = 0, taken_to = 0;
        for (const auto& c : graph.channels) {
          if (c.from != r) continue;
          if (c.to == next[to]) latency = std::min(latency, c.latency);
          if (c.out_port == all[0].way.port) {
            taken = c.latency;
            taken_to = c.to;
          }
        }
        CHECK(taken_to == next[to]);
        CHECK(taken == latency);  // of parallel links the quickest
      }
    }
  }
}

TEST_CASE("of equal paths the one over the lowest routers is taken, seen from each router") {
  // A square: from 0 to 3 by way of 1, from 3 to 0 by way of 1 too.
  Graph graph{.name = "square", .routers = 4};
  for (std::uint32_t r = 0; r < 4; ++r) topology::add_terminal(graph, r);
  topology::add_link(graph, 0, 2);
  topology::add_link(graph, 0, 1);
  topology::add_link(graph, 3, 2);
  topology::add_link(graph, 3, 1);
  const auto routing = made("shortest", graph, 1);
  CHECK(test::answers(graph, routing, {0, 0, 0, true}, {0, 3})[0].way.port == 2);
  CHECK(test::answers(graph, routing, {3, 0, 0, true}, {3, 0})[0].way.port == 2);
}

TEST_CASE("every row delivers every packet on every topology that it takes") {
  std::vector<Graph> graphs{cube("mesh", 3, 2),
                            cube("mesh", 2, 3),
                            cube("torus", 4, 2),
                            cube("torus", 2, 2),
                            cube("concentrated-mesh", 2, 2),
                            built("mesh", 6),
                            built("torus", 12),
                            cube("fat-tree", 2, 3),
                            built("flattened-butterfly", 12),
                            random_graph(7, 10, 8)};
  std::string why;
  graphs.push_back(*topology::find_generator("flattened-butterfly")->build({.k = 2, .n = 2, .c = 4}, why));
  std::size_t walked = 0;
  for (const auto& row : rows()) {
    std::size_t taken = 0;
    for (const auto& graph : graphs) {
      for (const std::uint32_t vcs : {1u, 2u, 4u}) {
        why.clear();
        const auto routing = row.make(graph, vcs, why);
        CHECK(routing.has_value() == why.empty());
        if (!routing) continue;
        ++taken;
        INFO(row.name << " on " << graph.name << " of " << graph.routers << ", " << vcs << " channels");
        CHECK(routing->name == row.name);
        CHECK(routing->vcs == vcs);
        const auto seen = test::walk(graph, *routing);
        CHECK(seen.arrives);
        // Not over express channels, by the number of links, and where turns are forbidden.
        const bool detours = graph.shape.family == topology::Family::concentrated_mesh ||
                             row.name == "shortest-lowest-id" || row.name == "up-down" ||
                             row.name == "turn-prohibition";
        if (!detours) CHECK(is_minimal(graph, seen));  // by some lots at least
        ++walked;
      }
    }
    CHECK(taken > 0);
  }
  CHECK(walked > 60);
}

TEST_CASE("the lowest next router of those on paths of fewest links") {
  // 0 to 3 by way of 2 or 1; that one is slow.
  Graph graph{.name = "square", .routers = 4};
  for (std::uint32_t r = 0; r < 4; ++r) topology::add_terminal(graph, r);
  topology::add_link(graph, 0, 2);
  topology::add_link(graph, 0, 1, 9);
  topology::add_link(graph, 1, 3, 9);
  topology::add_link(graph, 2, 3);
  CHECK(test::answers(graph, made("shortest-lowest-id", graph, 1), {0, 0, 0, true}, {0, 3})[0].way.port == 2);
  CHECK(test::answers(graph, made("shortest", graph, 1), {0, 0, 0, true}, {0, 3})[0].way.port == 1);
}

TEST_CASE("forbidden turns still leave a way to everywhere, without a circle") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto graph = random_graph(seed, 6 + static_cast<std::uint32_t>(seed), 10);
    for (const auto* row : {"up-down", "turn-prohibition"}) {
      const auto routing = made(row, graph, 1);
      INFO(row << " " << seed);
      const auto certificate = certify(graph, routing);
      CHECK(certificate.deadlock_free);
      CHECK(test::complaint(test::walk(graph, routing), certificate).empty());
    }
  }
}

TEST_CASE("a greedy choice among shortest paths spreads the load") {
  // Dimension order carries 1 on a 4 x 4 mesh; by the lowest router 0.571 (4 / 7).
  const auto mesh = cube("mesh", 4, 2);
  const auto matrix = traffic::matrix({.nodes = 16, .includes_self = true});
  const auto bound = [&](const char* row) {
    return channel_bound(mesh, matrix, loads(mesh, made(row, mesh, 1), matrix)).load;
  };
  CHECK(bound("shortest-lowest-id") == Approx(4.0 / 7));
  CHECK(bound("shortest-balanced") > 1.5 * 4 / 7);
}

TEST_CASE("classes and halves of virtual channels are BookSim2's") {
  const auto torus = cube("torus", 4, 2);
  const auto routing = made("dimension-order", torus, 4);
  // From 3 to 0: up around the rim, class 1; from 0 to 1: class 0; half way, from 0 to 2: by lot.
  const auto wrap = test::answers(torus, routing, {3, 4, 0, true}, {3, 0});
  REQUIRE(wrap.size() == 1);
  CHECK(wrap[0].way.port == 0);
  CHECK(wrap[0].way.first_vc == 2);
  CHECK(wrap[0].way.last_vc == 3);
  const auto plain = test::answers(torus, routing, {0, 4, 0, true}, {0, 1});
  CHECK(plain[0].way.first_vc == 0);
  CHECK(plain[0].way.last_vc == 1);
  const auto half = test::answers(torus, routing, {0, 4, 0, true}, {0, 2});
  REQUIRE(half.size() == 2);
  CHECK(half[0].way.port == 1);  // a draw of 0: down
  CHECK(half[1].way.port == 0);
  // The class stays within a dimension and is chosen anew on turning.
  const auto on = test::answers(torus, routing, {0, 1, 2, false}, {3, 1, 0, wrap[0].packet.phase});
  REQUIRE(on.size() == 1);
  CHECK(on[0].way.port == 0);
  CHECK(on[0].way.first_vc == 2);

  // Three virtual channels: BookSim2 gives the one in the middle to both.
  const auto mesh = cube("mesh", 4, 2);
  const auto orders = test::answers(mesh, made("xy-yx", mesh, 3), {0, 4, 0, true}, {0, 5});
  REQUIRE(orders.size() == 2);
  CHECK(orders[0].way.port == 2);  // a draw of 0: the last dimension first
  CHECK(orders[0].way.first_vc == 1);
  CHECK(orders[0].way.last_vc == 2);
  CHECK(orders[1].way.port == 0);
  CHECK(orders[1].way.first_vc == 0);
  CHECK(orders[1].way.last_vc == 1);
}

TEST_CASE("BookSim2's adaptive routing is left with one direction") {
  const auto mesh = cube("mesh", 4, 2);
  const auto ours = test::answers(mesh, made("minimal-adaptive", mesh, 4), {0, 4, 0, true}, {0, 5});
  REQUIRE(ours.size() == 3);
  CHECK(ours[0].way.port == 0);
  CHECK(ours[1].way.port == 2);
  CHECK(ours[1].way.priority == 1);
  CHECK(ours[2].way.port == 0);
  CHECK(ours[2].way.last_vc == 0);
  const auto its = test::answers(mesh, made("minimal-adaptive-booksim2", mesh, 4), {0, 4, 0, true}, {0, 5});
  REQUIRE(its.size() == 2);
  CHECK(its[0].way.port == its[1].way.port);
  // On the escape for good.
  CHECK(test::answers(mesh, made("minimal-adaptive", mesh, 4), {1, 1, 0, false}, {0, 6}).size() == 1);
}

TEST_CASE("BookSim2's names lead to rows") {
  CHECK(find_booksim("min", "anynet")->name == "shortest");
  CHECK(find_booksim("dor", "mesh")->name == "dimension-order");
  CHECK(find_booksim("dim_order", "torus")->name == "dimension-order");
  CHECK(find_booksim("dor_no_express", "cmesh")->name == "dimension-order");
  CHECK(find_booksim("nca", "fattree")->name == "nearest-common-ancestor");
  CHECK(find_booksim("ran_min", "flatfly")->name == "dimension-order");
  CHECK(find_booksim("chaos", "mesh") == nullptr);
}

TEST_CASE("a routing that cannot be says why") {
  std::string why;
  CHECK_FALSE(find("dimension-order")->make(random_graph(1, 8, 3), 4, why));
  CHECK(why == "dimension order needs a grid of routers whose neighbours are linked");
  CHECK_FALSE(find("xy-yx")->make(cube("mesh", 4, 2), 1, why));
  CHECK(why == "XY-YX needs two virtual channels: one for each order");
}
