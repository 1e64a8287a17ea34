// Loads against packets sent one by one, the bound and the cycles against sums by hand.
#include "routing/load.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "routing/routings.h"
#include "routing/walk.h"
#include "topology/generators.h"
#include "traffic/traffic.h"

using namespace marquetry;
using namespace marquetry::routing;
using test::built;
using test::cube;
using test::made;
using topology::Graph;

namespace {

std::vector<double> uniform(const Graph& graph) {
  return traffic::matrix(
      {.nodes = static_cast<std::uint32_t>(graph.terminals.size()), .includes_self = true});
}

// The oracle: pushes the share of one pair along every answer, without any order of routers.
void push(const Graph& graph, const Routing& routing, const Arrival& at, const Packet& packet, double share,
          std::vector<double>& loads) {
  struct Share {
    test::Answer answer{};
    double share{};
  };
  std::vector<Share> out;
  test::each_outcome(graph, routing, at, packet, [&](double chance, const std::vector<test::Answer>& all) {
    double best = 0, weights = 0;
    for (const auto& a : all) best = std::max(best, static_cast<double>(a.way.priority));
    for (const auto& a : all)
      if (a.way.priority >= best) weights += a.way.weight;
    for (const auto& a : all)
      if (a.way.priority >= best) out.push_back({a, share * chance * a.way.weight / weights});
  });
  for (const auto& [answer, part] : out) {
    for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
      const auto& channel = graph.channels[c];
      if (channel.from != at.router || channel.out_port != answer.way.port) continue;
      loads[c] += part;
      const auto vcs = answer.way.last_vc - answer.way.first_vc + 1;
      for (auto vc = answer.way.first_vc; vc <= answer.way.last_vc; ++vc)
        push(graph, routing, {channel.to, channel.in_port, vc, false}, answer.packet, part / vcs, loads);
    }
  }
}

std::vector<double> pushed(const Graph& graph, const Routing& routing, std::span<const double> matrix) {
  std::vector<double> out(graph.channels.size());
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  for (std::uint32_t s = 0; s < nodes; ++s)
    for (std::uint32_t d = 0; d < nodes; ++d)
      push(graph, routing, {graph.terminals[s].router, graph.terminals[s].in_port, 0, true}, {s, d},
           matrix[s * nodes + d], out);
  return out;
}

double bound(const Graph& graph, std::string_view row) {
  const auto matrix = uniform(graph);
  return channel_bound(graph, matrix, loads(graph, made(row, graph, 4), matrix)).load;
}

}  // namespace

TEST_CASE("loads are those of packets sent one by one") {
  std::string why;
  const std::vector<Graph> graphs{
      cube("mesh", 3, 2),
      cube("torus", 4, 2),
      built("torus", 9),
      cube("concentrated-mesh", 2, 2),
      cube("fat-tree", 2, 3),
      *topology::find_generator("flattened-butterfly")->build({.k = 2, .n = 2, .c = 4}, why)};
  std::size_t compared = 0;
  for (const auto& graph : graphs) {
    auto matrix = uniform(graph);
    for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = 0.1 * static_cast<double>(i * 7 % 5);
    for (const auto& row : rows()) {
      const auto routing = row.make(graph, row.name == "valiant" || row.name == "romm" ? 4 : 2, why);
      if (!routing) continue;
      INFO(row.name << " on " << graph.name);
      const auto ours = loads(graph, *routing, matrix), its = pushed(graph, *routing, matrix);
      for (std::size_t c = 0; c < ours.size(); ++c) CHECK(ours[c] == Approx(its[c]).margin(1e-12));
      ++compared;
    }
  }
  CHECK(compared > 20);
}

TEST_CASE("a table with several ways splits by their weights") {
  Graph graph{.name = "diamond", .routers = 4};
  for (std::uint32_t r = 0; r < 4; ++r) topology::add_terminal(graph, r);
  for (const auto& [a, b] : {std::pair{0u, 1u}, {0u, 2u}, {1u, 3u}, {2u, 3u}})
    topology::add_link(graph, a, b);
  auto routing = made("shortest", graph, 2);
  // From 0 to 3: over 1 in one case of four.
  Routing split = routing;
  split.begin.assign(1, 0);
  split.ways.clear();
  for (std::size_t cell = 0; cell + 1 < routing.begin.size(); ++cell) {
    if (cell == 3) {
      split.ways.push_back({1, 0, 1, 0, 1});
      split.ways.push_back({2, 0, 1, 0, 3});
    } else {
      split.ways.push_back(routing.ways[routing.begin[cell]]);
    }
    split.begin.push_back(static_cast<std::uint32_t>(split.ways.size()));
  }
  std::vector<double> matrix(16);
  matrix[3] = 1;
  const auto l = loads(graph, split, matrix);
  CHECK(l[0] == Approx(0.25));
  CHECK(l[2] == Approx(0.75));
  CHECK(l[4] == Approx(0.25));
  CHECK(l[6] == Approx(0.75));
}

TEST_CASE("the rule for ties costs 43 % on a 4 x 4 mesh") {
  // Dimension order, over the middle of a row: 2 sources left of it, 8 of 16 nodes right of it.
  const auto mesh = cube("mesh", 4, 2);
  CHECK(bound(mesh, "dimension-order") == Approx(1.0));
  CHECK(bound(mesh, "shortest") == Approx(4.0 / 7));
}

TEST_CASE("bounds of meshes and tori are the textbook's") {
  // Dally, Towles, 2004, table 3.1: uniform traffic, k-ary 2-mesh 4 / k, at most 1; torus 8 / k.
  CHECK(bound(cube("mesh", 8, 2), "dimension-order") == Approx(0.5));
  CHECK(bound(cube("mesh", 6, 2), "dimension-order") == Approx(4.0 / 6));
  CHECK(bound(cube("torus", 8, 2), "dimension-order") == Approx(1.0));
  CHECK(bound(cube("torus", 16, 2), "dimension-order") == Approx(0.5));
  // By way of any node: twice the uniform load.
  CHECK(bound(cube("mesh", 6, 2), "valiant") == Approx(2.0 / 6));
}

TEST_CASE("the bound names what binds") {
  auto mesh = cube("mesh", 3, 2);
  const auto nodes = 9u;
  std::vector<double> matrix(81);
  for (std::uint32_t s = 0; s < nodes; ++s) matrix[s * nodes + 4] = 0.5;
  const auto all = loads(mesh, made("dimension-order", mesh, 1), matrix);
  auto to_one = channel_bound(mesh, matrix, all);
  CHECK(to_one.load == Approx(2.0 / 9));
  CHECK(to_one.by_ejection);
  CHECK(to_one.channel == mesh.channels.size() + 4);
  for (auto& c : mesh.channels) c.width = 0.1;
  to_one = channel_bound(mesh, matrix, all);
  CHECK_FALSE(to_one.by_ejection);
  CHECK(mesh.channels[to_one.channel].to == 4);
  CHECK(to_one.load == Approx(0.1 / 1.5));  // 3 sources come in over a column
  CHECK(std::isinf(channel_bound(mesh, std::vector<double>(81), std::vector<double>(24)).load));
}

TEST_CASE("cycles without load are routers, wires, ends and the packet's tail") {
  for (const auto* row : {"shortest", "dimension-order", "xy-yx", "minimal-adaptive", "valiant", "romm"}) {
    const auto mesh = cube("mesh", 3, 2);
    const auto routing = made(row, mesh, 4);
    const auto seen = test::walk(mesh, routing);
    Router router;
    router.pipeline = {.routing = 0, .vc_alloc = 2, .sw_alloc = 1, .st_prepare = 1, .st_final = 1};
    const auto cycles = zero_load(mesh, routing, router, 5);
    for (std::size_t i = 0; i < cycles.size(); ++i)
      CHECK(cycles[i] == 3 + (seen.least_hops[i] + 1) * 5 + seen.least_cycles[i] + 4);
  }
  // A switch that takes two cycles to allocate lets a flit through every second one.
  Router slow;
  slow.pipeline.sw_alloc = 2;
  const auto two = test::built("mesh", 2);
  CHECK(zero_load(two, made("dimension-order", two, 1), slow, 5)[1] == 3 + 2 * 5 + 1 + 4 * 2);
  // Of a buffer of two slots each is filled again after a round trip of 7 cycles.
  Router shallow;
  shallow.buffer = 2;
  CHECK(zero_load(two, made("dimension-order", two, 1), shallow, 2)[1] == 3 + 2 * 4 + 1 + 1);
  CHECK(zero_load(two, made("dimension-order", two, 1), shallow, 5)[1] > 3 + 2 * 4 + 1 + 4);
  // The last of 5 flits goes over a narrow channel 4 / 0.3 cycles after the head, rounded up, and catches up
  // with it by 2 cycles at the next router, where only the head waits for a route and a virtual channel.
  auto narrow = two;
  narrow.channels[0].width = 0.3;
  CHECK(zero_load(narrow, made("dimension-order", narrow, 1), {}, 5)[1] == 3 + 2 * 4 + 1 + 14 - 2);
  CHECK(zero_load(narrow, made("dimension-order", narrow, 1), {}, 5)[2] == 3 + 2 * 4 + 1 + 4);
  // Routers of their own: 0 -> 1 -> 2 with 4, 3 and 6 cycles.
  Router router;
  router.of_router = {{}, {.routing = 0}, {.routing = 3}};
  const auto graph = [&] {
    std::string why;
    return *topology::find_generator("mesh")->build({.rows = 1, .columns = 3}, why);
  }();
  CHECK(zero_load(graph, made("dimension-order", graph, 1), router, 1)[2] == 3 + 4 + 3 + 6 + 2);
}
