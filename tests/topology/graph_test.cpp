// Graphs by hand: ports, and what is wrong with the wrong ones.
#include <catch2/catch.hpp>

#include "topology/graph.h"

using namespace marquetry::topology;

namespace {

Graph pair() {
  Graph graph{.name = "pair", .routers = 2};
  add_terminal(graph, 0);
  add_terminal(graph, 1);
  add_link(graph, 0, 1, 3);
  return graph;
}

}  // namespace

TEST_CASE("links and nodes take the next free ports") {
  auto graph = pair();
  CHECK(add_link(graph, 1, 0) == 1);
  const auto at = ports(graph);
  CHECK(at.ports == 3);
  // Router 0: its node (channel 4 + 0), then the two links.
  CHECK(std::vector(at.out_of(0).begin(), at.out_of(0).end()) == std::vector<std::uint32_t>{4, 0, 3});
  CHECK(std::vector(at.in_of(0).begin(), at.in_of(0).end()) == std::vector<std::uint32_t>{4, 1, 2});
  CHECK(faults(graph).empty());
}

TEST_CASE("a graph that cannot be is refused with a reason") {
  auto graph = pair();
  SECTION("in pieces") {
    graph.routers = 3;
    add_terminal(graph, 2);
    REQUIRE(faults(graph).size() == 1);
    CHECK(faults(graph)[0].message == "node 2 (router 2) cannot be reached from node 0 (router 0)");
  }
  SECTION("there, but not back") {
    add_terminal(graph, 1);
    std::erase_if(graph.channels, [](const auto& c) { return c.from == 1; });
    REQUIRE(faults(graph).size() == 1);
    CHECK(faults(graph)[0].message == "node 0 (router 0) cannot be reached from node 1 (router 1)");
  }
  SECTION("a link from a router to itself") {
    add_link(graph, 1, 1);
    CHECK(faults(graph)[0].message == "the link from router 1 to 1 ends where it starts");
  }
  SECTION("no width") {
    graph.channels[0].width = 0;
    CHECK(faults(graph)[0].message == "the link from router 0 to 1 has no width");
  }
  SECTION("two at one port") {
    graph.channels[0].out_port = 0;
    CHECK(faults(graph)[0].message == "node 0 is at a port of router 0 that is taken");
  }
  SECTION("a router that is not there") {
    graph.channels[0].to = 7;
    CHECK(faults(graph)[0].message == "link 0 goes to a router that is not there");
  }
}
