// How a network is drawn and told.
#include <catch2/catch.hpp>
#include <cmath>

#include "report/network_places.h"
#include "report/network_text.h"
#include "routing/routings.h"
#include "topology/generators.h"

using namespace marquetry;

namespace {

double apart(const std::vector<topology::Point>& places) {
  double least = 1e300;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = i + 1; j < places.size(); ++j)
      least = std::min(least, std::hypot(places[i].x - places[j].x, places[i].y - places[j].y));
  }
  return least;
}

topology::Graph star(std::uint32_t leaves) {
  topology::Graph graph{.name = "star", .routers = leaves + 1};
  for (std::uint32_t leaf = 1; leaf <= leaves; ++leaf) topology::add_link(graph, 0, leaf);
  for (std::uint32_t r = 0; r <= leaves; ++r) topology::add_terminal(graph, r);
  return graph;
}

}  // namespace

TEST_CASE("no two routers are drawn at one place, whatever the topology") {
  for (const auto& row : topology::generators()) {
    for (const std::uint32_t routers : {4u, 7u, 16u, 37u}) {
      std::string why;
      const auto graph = row.build({.routers = routers}, why);
      if (!graph) continue;
      INFO(row.name << " " << routers);
      const auto places = report::drawn_places(*graph);
      REQUIRE(places.size() == graph->routers);
      if (graph->routers > 1) CHECK(apart(places) == Approx(1));
    }
  }
}

TEST_CASE("a hub is drawn in the middle, a graph without places by its distances") {
  const auto places = report::drawn_places(star(8));
  for (std::size_t leaf = 1; leaf < places.size(); ++leaf)
    CHECK(std::hypot(places[leaf].x - places[0].x, places[leaf].y - places[0].y) ==
          Approx(std::hypot(places[1].x - places[0].x, places[1].y - places[0].y)));
  // A chain is drawn as one: neighbours nearest, ends furthest.
  topology::Graph chain{.name = "chain", .routers = 6};
  for (std::uint32_t r = 0; r + 1 < 6; ++r) topology::add_link(chain, r, r + 1);
  for (std::uint32_t r = 0; r < 6; ++r) topology::add_terminal(chain, r);
  const auto line = report::drawn_places(chain);
  for (std::size_t r = 0; r + 1 < 6; ++r)
    CHECK(std::hypot(line[r].x - line[r + 1].x, line[r].y - line[r + 1].y) == Approx(1).margin(0.2));
  CHECK(std::hypot(line[0].x - line[5].x, line[0].y - line[5].y) == Approx(5).margin(0.5));
}

TEST_CASE("what binds and what is left is told") {
  simulate::NetworkCase network{.name = "four", .graph = star(3)};
  network.traffic = {.kind = traffic::Kind::permutation, .nodes = 4, .target = {0, 2, 1, 3}};
  std::string why;
  const auto routing = routing::find("shortest")->make(network.graph, 4, why);
  REQUIRE(routing);
  const auto matrix = traffic::matrix(network.traffic);
  const auto report =
      report::network_report(network, *routing, matrix, report::network_optimum(network, matrix, {}), {});
  CHECK(report.bound.load == 1);
  CHECK(report.left() == Approx(0).margin(1e-9));
  // 1 to 2 and 2 to 1 over the hub, of two links: 3 + 3 routers of 4 cycles + 2 of the channels.
  CHECK(report.latency.mean == 17);
  const auto text = report::network_text(report);
  CHECK(text.find("deadlock: free, proved") != std::string::npos);
  CHECK(text.find("the routing leaves nothing on the table") != std::string::npos);
}
