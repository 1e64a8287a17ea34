// The graph of a package network: routers, channels between them, and the nodes at which packets start and
// end. Plain data: every generator, importer and layout makes one, every routing and simulation takes one.
//
// Time is in cycles of the network's clock, data in flits: a flit is what the widest link carries in a cycle
// of the fastest clock, so that a narrower or slower one has a width below 1.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace marquetry::topology {

inline constexpr std::uint32_t none = ~std::uint32_t{0};

// One direction of a link.
struct Channel {
  std::uint32_t from{}, to{};           // routers
  std::uint32_t out_port{}, in_port{};  // at `from` and at `to`
  std::uint32_t latency{1};             // cycles on the wire, ends included; at least 1
  double width{1};                      // flits a cycle, in (0, 1]
  std::uint32_t link{};                 // both directions of a link have its number
  double length{};                      // mm; 0 where it is not known
};

// A node: where packets start and end. Its injection and ejection channels belong to it.
struct Terminal {
  std::uint32_t router{};
  std::uint32_t out_port{}, in_port{};  // of the router: to the node (ejection), from the node (injection)
  std::uint32_t latency{1};             // cycles of each of the two channels
};

// What routings that go by coordinates rely on.
enum class Family : std::uint8_t {
  arbitrary,
  // k-ary n-cube without wrap-around links; router = sum x_i k^i. Ports 2i lead to +dim i, 2i + 1 to -dim i
  // (those over the rim to nowhere); the last one is the node's. Each input port comes from the router that
  // the output port of its number leads to, here and in all families but the flattened butterfly.
  mesh,
  torus,  // the same with them, also around dimensions of 2
  // k x k routers with c = 2 x 2 nodes each, from a 2k x 2k grid of nodes. Ports: the nodes, +x, -x, +y, -y;
  // what would lead over the rim is an express channel to the router half the rim further on.
  concentrated_mesh,
  // The same nodes (c = m x m); each row and each column of routers fully connected. Outputs: the nodes, the
  // others of the row, of the column, by number; inputs: the nodes, then all others by number.
  flattened_butterfly,
  // k-ary n-tree: n levels of k^(n - 1) routers, level 0 the roots; router = level k^(n - 1) + position.
  // Ports 0 to k - 1 down (of the last level: to the nodes), k to 2k - 1 up.
  fat_tree
};

struct Shape {
  Family family{};
  std::uint32_t k{}, n{}, c{1};  // radix, dimensions (levels of a tree), nodes a router
  // Of families other than the tree: radix by dimension, n of them. Where they differ, k is 0 and router =
  // x_0 + x_1 radices[0] + x_2 radices[0] radices[1] ...
  std::vector<std::uint32_t> radices{};
};

struct Point {
  double x{}, y{};
};

struct Graph {
  std::string name{};
  Shape shape{};
  std::uint32_t routers{};
  std::vector<Channel> channels{};
  std::vector<Terminal> terminals{};  // by node
  std::vector<Point> places{};  // by router, in pitches of dies (mm where lengths are known); may be empty
  std::vector<std::string> names{};  // by router; may be empty
};

// What leaves and enters at each port, flat: `out[router * ports + port]`. A channel has its number, a node
// `channels + node`; `none` where nothing is.
struct Ports {
  std::uint32_t ports{};  // of the router with most
  std::vector<std::uint32_t> out{}, in{};
  std::span<const std::uint32_t> out_of(std::uint32_t router) const {
    return {out.data() + std::size_t{router} * ports, ports};
  }
  std::span<const std::uint32_t> in_of(std::uint32_t router) const {
    return {in.data() + std::size_t{router} * ports, ports};
  }
};
Ports ports(const Graph& graph);

// Both directions of a link between two routers, at the next free port of each. Returns the link's number.
std::uint32_t add_link(Graph& graph, std::uint32_t a, std::uint32_t b, std::uint32_t latency = 1,
                       double width = 1, double length = 0);
// A node at that router, at its next free port. Returns the node.
std::uint32_t add_terminal(Graph& graph, std::uint32_t router, std::uint32_t latency = 1);

// What is wrong with a graph: routers that are not there, links from a router to itself, no width, no
// latency, two channels at one port, a node that another one cannot reach (both named). Empty where nothing
// is.
struct Fault {
  std::string message{}, hint{};
};
std::vector<Fault> faults(const Graph& graph);

// "3", or the router's name.
std::string router_name(const Graph& graph, std::uint32_t router);

}  // namespace marquetry::topology
