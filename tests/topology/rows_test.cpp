// Every row of the table of topologies, over many sizes: properties that all must have, and the published
// formulae of each.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "topology/figures.h"
#include "topology/generators.h"

using namespace marquetry::topology;

namespace {

std::optional<Graph> graph_of(std::string_view name, const Size& size) {
  std::string why;
  auto graph = find_generator(name)->build(size, why);
  CHECK(graph.has_value() == why.empty());
  return graph;
}

Figures figures_of(std::string_view name, const Size& size) {
  const auto graph = graph_of(name, size);
  REQUIRE(graph);
  return *figures(*graph);
}

void sound(const Graph& graph) {
  CAPTURE(graph.name, graph.routers);
  const auto wrong = faults(graph);
  if (!wrong.empty()) FAIL(wrong.front().message);
  // Links: two channels, there and back, alike; numbered without gaps.
  std::map<std::uint32_t, std::vector<Channel>> links;
  for (const auto& c : graph.channels) links[c.link].push_back(c);
  CHECK((links.empty() || links.rbegin()->first + 1 == links.size()));
  for (const auto& [number, both] : links) {
    REQUIRE(both.size() == 2);
    CHECK(both[0].from == both[1].to);
    CHECK(both[0].to == both[1].from);
    CHECK(both[0].latency == both[1].latency);
  }
  // Ports: none left out, but over the rim of families that have theirs by direction.
  const auto at = ports(graph);
  const bool by_direction = graph.shape.family == Family::mesh || graph.shape.family == Family::torus;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    const auto out = at.out_of(r), in = at.in_of(r);
    const auto used = static_cast<std::size_t>(out.end() - std::ranges::find(out, none));
    if (!by_direction && graph.name != "mesh")
      CHECK(static_cast<std::size_t>(std::ranges::count(out, none)) == used);
    for (std::size_t p = 0; p < out.size(); ++p) CHECK((out[p] == none) == (in[p] == none));
  }
  std::uint64_t product = 1;
  for (const auto radix : graph.shape.radices) product *= radix;
  if (graph.shape.family != Family::arbitrary && graph.shape.family != Family::fat_tree)
    CHECK(product == graph.routers);
  CHECK(graph.places.size() == graph.routers);
  std::set<std::pair<double, double>> places;
  for (const auto& p : graph.places) places.emplace(p.x, p.y);
  CHECK(places.size() == graph.places.size());
}

}  // namespace

TEST_CASE("every topology is sound at every size that it takes") {
  for (const auto& row : generators()) {
    CAPTURE(row.name);
    CHECK(!row.summary.empty());
    CHECK(!row.source.empty());
    std::size_t built = 0;
    const auto check = [&](const Size& size) {
      std::string why;
      const auto graph = row.build(size, why);
      CHECK(graph.has_value() == why.empty());
      if (!graph) return;
      ++built;
      sound(*graph);
      if (row.joins != Joins::switches && size.routers != 0)
        CHECK(graph->routers == size.routers + (row.joins == Joins::dies_hub ? 1 : 0));
    };
    for (std::uint32_t n = 1; n <= 40; ++n) check({.routers = n});
    for (std::uint32_t rows = 1; rows <= 5; ++rows)
      for (std::uint32_t columns = 1; columns <= 5; ++columns) check({.rows = rows, .columns = columns});
    for (std::uint32_t k = 1; k <= 4; ++k)
      for (std::uint32_t n = 1; n <= 3; ++n) check({.k = k, .n = n});
    CHECK(built >= 3);
    // Sizes that make no sense are refused, not built.
    for (const auto& size : {Size{}, Size{.routers = 1u << 20}, Size{.rows = 1u << 20, .columns = 1u << 20},
                             Size{.k = 1000, .n = 9}}) {
      std::string why;
      CHECK(!row.build(size, why));
      CHECK(!why.empty());
    }
  }
}

TEST_CASE("meshes and tori have the links, diameters and bisections of the textbook") {
  // Dally, Towles, "Principles and Practices of Interconnection Networks", 5.2: k-ary 2-cubes.
  for (const std::uint32_t k : {2u, 3u, 4u, 5u, 6u, 8u}) {
    CAPTURE(k);
    const auto mesh = figures_of("mesh", {.rows = k, .columns = k});
    CHECK(mesh.links == 2 * k * (k - 1));
    CHECK(mesh.diameter == 2 * (k - 1));
    CHECK(mesh.mean_hops == Approx(2.0 / 3 * k));  // over different nodes: (k - 1/k) 2/3 k^2 / (k^2 - 1)
    CHECK(mesh.bisection.high == k + k % 2);
    if (k == 2) continue;
    for (const auto* name : {"torus", "folded-torus"}) {
      const auto torus = figures_of(name, {.rows = k, .columns = k});
      CHECK(torus.links == 2 * k * k);
      CHECK(torus.degree == 4);
      CHECK(torus.diameter == 2 * (k / 2));
      CHECK(torus.bisection.high == 2 * k + 2 * (k % 2));
      CHECK(torus.connectivity == 4);
      CHECK(*torus.span == (std::string_view{name} == "torus" ? k - 2 : 1));
    }
    CHECK(figures_of("torus", {.rows = k, .columns = k + 2}).diameter == k / 2 + (k + 2) / 2);
  }
  for (std::uint32_t n = 3; n <= 20; ++n) {
    const auto ring = figures_of("ring", {.routers = n});
    CHECK(ring.diameter == n / 2);
    CHECK(ring.bisection.high == 2);
    CHECK(ring.degree == 2);
  }
}

TEST_CASE("hypercubes, complete graphs, butterflies and trees have their formulae") {
  for (std::uint32_t n = 1; n <= 6; ++n) {
    const auto cube = figures_of("hypercube", {.n = n});
    CHECK(cube.links == n * (1u << n) / 2);
    CHECK(cube.diameter == n);
    CHECK(cube.bisection.low == 1u << (n - 1));
    CHECK(cube.bisection.high == 1u << (n - 1));
    CHECK(cube.connectivity == n);
  }
  for (std::uint32_t n = 2; n <= 12; ++n) {
    const auto all = figures_of("all", {.routers = n});
    CHECK(all.links == n * (n - 1) / 2);
    CHECK(all.bisection.exact());
    CHECK(all.bisection.high == n / 2 * ((n + 1) / 2));
    const auto star = figures_of("star", {.routers = n});
    CHECK(star.diameter == 2);
    CHECK(star.bridges.size() == n);
    CHECK(star.cuts == std::vector{n});
  }
  // Kim, Dally, Abts, ISCA 2007: k^2 routers, each with k - 1 others in both dimensions; halved across one.
  for (const std::uint32_t k : {2u, 4u, 6u}) {
    const auto butterfly = figures_of("flattened-butterfly", {.rows = k, .columns = k});
    CHECK(butterfly.links == k * k * (k - 1));
    CHECK(butterfly.diameter == 2);
    CHECK(butterfly.bisection.exact());
    CHECK(butterfly.bisection.high == k * (k / 2) * (k / 2));
  }
  // Petrini, Vanneschi, IPPS 1997: n k^(n-1) routers, up and down again is 2 (n - 1) links.
  for (const std::uint32_t n : {2u, 3u, 4u}) {
    const auto tree = figures_of("fat-tree", {.k = 2, .n = n});
    CHECK(tree.routers == n << (n - 1));
    CHECK(tree.links == (n - 1) << n);
    CHECK(tree.diameter == 2 * (n - 1));
    CHECK(tree.bisection.high == 1u << (n - 1));
    CHECK(tree.bisection.low <= tree.bisection.high);
  }
  // Kim, Dally, Scott, Abts, ISCA 2008: one hop in the group, one between groups, one in the other.
  for (const std::uint32_t a : {2u, 3u, 4u, 6u}) {
    const auto dragonfly = figures_of("dragonfly", {.k = a});
    CHECK(dragonfly.routers == a * (a + 1));
    CHECK(dragonfly.degree == a);
    CHECK(dragonfly.diameter == 3);
    CHECK(dragonfly.links == (a + 1) * a * (a - 1) / 2 + (a + 1) * a / 2);
  }
  for (const std::uint32_t k : {2u, 4u, 6u, 8u}) {
    const auto mesh = figures_of("concentrated-mesh", {.k = k});
    CHECK(mesh.nodes == 4 * k * k);
    CHECK(mesh.links == 2 * k * k);
    CHECK(mesh.degree == 4);
    CHECK(mesh.diameter == k);
    CHECK(mesh.bisection.high == 2 * k);
  }
}

TEST_CASE("a hexa-mesh has the diameter and bisection of its paper: -42 % and +130 % against a grid") {
  // Iff et al., arXiv 2211.13989: N = 1 + 3 r (r + 1) dies, diameter sqrt(12 N - 3) / 3 - 1, bisection
  // 2/3 sqrt(12 N - 3) - 1; a grid of N dies 2 sqrt(N) - 2 and sqrt(N).
  for (std::uint32_t r = 1; r <= 5; ++r) {
    CAPTURE(r);
    const std::uint32_t n = 1 + 3 * r * (r + 1);
    const auto mesh = figures_of("hexa-mesh", {.routers = n});
    CHECK(mesh.links == 9 * r * r + 3 * r);
    CHECK(mesh.degree == 6);
    CHECK(mesh.diameter == Approx(std::sqrt(12.0 * n - 3) / 3 - 1));
    CHECK(mesh.bisection.exact());
    CHECK(mesh.bisection.high == Approx(std::sqrt(12.0 * n - 3) * 2 / 3 - 1));
    CHECK(*mesh.span == 0);
    CHECK(mesh.connectivity == 3);
  }
  // The ratios of large ones: a die more or less does not tell.
  const std::uint32_t r = 17, n = 1 + 3 * r * (r + 1);
  const auto mesh = figures(*graph_of("hexa-mesh", {.routers = n}), {.operations = 0, .rounds = 0});
  const auto grid = figures(*graph_of("mesh", {.rows = 32, .columns = 32}), {.operations = 0, .rounds = 0});
  const double hops = mesh->diameter / std::sqrt(n), wide = mesh->bisection.high / std::sqrt(n);
  CHECK(hops / (grid->diameter / 32.0) - 1 == Approx(-0.42).margin(0.01));
  CHECK(wide / (grid->bisection.high / 32.0) - 1 == Approx(1.30).margin(0.03));
}

TEST_CASE("a hexa-mesh with a part of a ring hangs on no single link") {
  for (std::uint32_t n = 3; n <= 61; ++n) {
    CAPTURE(n);
    const auto graph = graph_of("hexa-mesh", {.routers = n});
    REQUIRE(graph);
    const auto f = figures(*graph, {.operations = 0, .rounds = 0});
    CHECK(f->bridges.empty());
    CHECK(f->cuts.empty());
    CHECK(*f->span == 0);
  }
  std::string why;
  CHECK(!find_generator("hex-torus")->build({.routers = 8}, why));
  CHECK(why == "it takes full rings of dies, 7, 19, 37, 61 ... in all, not 8");
}

TEST_CASE("closed lines of a hexa-mesh give six links to every die") {
  for (const auto* name : {"hex-torus", "folded-hex-torus"}) {
    for (std::uint32_t r = 1; r <= 4; ++r) {
      const std::uint32_t n = 1 + 3 * r * (r + 1);
      CAPTURE(name, n);
      const auto f = figures_of(name, {.routers = n});
      CHECK(f.links == 3 * n);
      CHECK(f.degree == 6);
      CHECK(f.connectivity == 6);
      CHECK(f.diameter == r + 1);  // the mesh has 2 r
      // To the next row but one at half a die: one die lies between; along a row likewise.
      if (std::string_view{name} == "folded-hex-torus") CHECK(*f.span <= 2);
    }
  }
}

TEST_CASE("grids with diagonals have their links") {
  for (const auto& [rows, columns] : {std::pair{4u, 4u}, {3u, 5u}, {8u, 8u}, {2u, 6u}}) {
    CAPTURE(rows, columns);
    const std::uint32_t straight = rows * (columns - 1) + columns * (rows - 1);
    const std::uint32_t across = 2 * (rows - 1) * (columns - 1);
    const auto octa = figures_of("octa-mesh", {.rows = rows, .columns = columns});
    CHECK(octa.links == straight + across);
    CHECK(octa.diameter == std::max(rows, columns) - 1);
    if (rows == columns) CHECK(octa.bisection.high == 3 * rows - 2);
    const auto sid = figures_of("sid-mesh", {.rows = rows, .columns = columns});
    CHECK(sid.links == across + 2 * (rows - 1) + 2 * (columns - 1));
    if (rows == columns) CHECK((sid.diameter == rows - 1 && sid.bisection.high == 2 * rows));
    for (const auto* name : {"kite-small", "kite-medium", "kite-large"}) {
      const auto kite = figures_of(name, {.rows = rows, .columns = columns});
      CHECK(kite.degree <= 4);
      CHECK(kite.links <= 2 * rows * columns);
    }
  }
}

TEST_CASE("a hierarchical network is one mesh with long links between its dies") {
  const auto graph = graph_of("hierarchical", {.rows = 2, .columns = 2, .inner = 4});
  REQUIRE(graph);
  CHECK(graph->routers == 64);
  CHECK(graph->channels.size() == 2 * 112);
  for (const auto& c : graph->channels) {
    const auto die = [](std::uint32_t r) { return r / 32 * 2 + r % 8 / 4; };
    CHECK(c.latency == (die(c.from) == die(c.to) ? 1 : 8));
  }
  CHECK(std::ranges::count_if(graph->channels, [](const Channel& c) { return c.latency == 8; }) == 2 * 16);
}
