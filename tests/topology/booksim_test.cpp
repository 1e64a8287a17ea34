// BookSim2's own networks: ports, nodes and latencies against its numbering of channels, worked out anew
// (booksim/booksim2, src/networks).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <utility>

#include "topology/generators.h"
#include "topology/graph.h"

using namespace marquetry::topology;

namespace {

Graph built(std::string_view name, const Size& size) {
  std::string why;
  auto graph = find_generator(name)->build(size, why);
  INFO(why);
  REQUIRE(graph);
  CHECK(faults(*graph).empty());
  return *graph;
}

std::string refused(std::string_view name, const Size& size) {
  std::string why;
  CHECK(!find_generator(name)->build(size, why));
  return why;
}

// Where an output port leads and an input port comes from.
using End = std::pair<std::uint32_t, std::uint32_t>;
std::map<End, const Channel*> by_output(const Graph& graph) {
  std::map<End, const Channel*> list;
  for (const auto& c : graph.channels) list[{c.from, c.out_port}] = &c;
  return list;
}

std::uint32_t raised(std::uint32_t base, std::uint32_t exponent) {
  std::uint32_t value = 1;
  while (exponent-- > 0) value *= base;
  return value;
}

}  // namespace

TEST_CASE("a k-ary n-cube has port 2i to +dim i, 2i + 1 to -dim i, 2n to its node") {
  const auto [k, n] = GENERATE(table<std::uint32_t, std::uint32_t>({{4, 2}, {8, 2}, {3, 3}, {5, 1}, {2, 4}}));
  const bool wraps = GENERATE(false, true);
  const auto graph = built(wraps ? "torus" : "mesh", {.k = k, .n = n});
  const auto routers = raised(k, n);
  CHECK(graph.routers == routers);
  CHECK(graph.terminals.size() == routers);
  CHECK(graph.channels.size() == 2 * n * (wraps ? routers : routers / k * (k - 1)));
  CHECK(graph.shape.radices == std::vector(n, k));
  CHECK((graph.shape.k == k && graph.shape.n == n));
  for (std::uint32_t r = 0; r < routers; ++r) {
    CHECK(graph.terminals[r].router == r);
    CHECK(graph.terminals[r].out_port == 2 * n);
    CHECK(graph.terminals[r].in_port == 2 * n);
  }
  for (const auto& c : graph.channels) {
    const std::uint32_t dim = c.out_port / 2, stride = raised(k, dim);
    const std::uint32_t x = c.from / stride % k;
    const bool right = c.out_port % 2 == 0;
    const std::uint32_t to_x = right ? (x + 1) % k : (x + k - 1) % k;
    CHECK(c.to == c.from - x * stride + to_x * stride);
    // The input for the right neighbour's channel is 2i, for the left one's 2i + 1.
    CHECK(c.in_port == (right ? c.out_port + 1 : c.out_port - 1));
    CHECK(c.latency == (wraps ? 2 : 1));
    if (!wraps) CHECK(std::abs(static_cast<int>(to_x) - static_cast<int>(x)) == 1);
  }
}

TEST_CASE("a rectangle is a mesh or torus with a radix for each dimension") {
  const auto mesh = built("mesh", {.rows = 3, .columns = 5});
  CHECK(mesh.shape.radices == std::vector<std::uint32_t>{5, 3});
  CHECK(mesh.shape.k == 0);
  CHECK(mesh.channels.size() == 2 * (3 * 4 + 2 * 5));
  const auto torus = built("torus", {.rows = 3, .columns = 5});
  CHECK(torus.channels.size() == 4 * 15);
  // Both ways around a dimension of 2 lead to the same neighbour, over a link each.
  CHECK(built("torus", {.rows = 2, .columns = 4}).channels.size() == 4 * 8);
  // 10 dies: 4 in a row, the last row has 2.
  const auto part = built("mesh", {.routers = 10});
  CHECK(part.shape.family == Family::arbitrary);
  CHECK(part.channels.size() == 2 * (3 + 3 + 1 + 4 + 2));
  CHECK(refused("torus", {.routers = 9, .rows = 2, .columns = 4}) == "2 rows of 4 do not make 9 dies");
  CHECK(refused("mesh", {.k = 300, .n = 3}).find("more than") != std::string::npos);
  CHECK(refused("mesh", {}).find("needs") != std::string::npos);
}

TEST_CASE("a concentrated mesh has its nodes, then +x, -x, +y, -y, and express channels along the rim") {
  const std::uint32_t k = GENERATE(2u, 4u, 6u);
  const auto graph = built("concentrated-mesh", {.k = k, .n = 2, .c = 4});
  CHECK(graph.terminals.size() == 4 * k * k);
  for (std::uint32_t node = 0; node < graph.terminals.size(); ++node) {
    const std::uint32_t x = node % (2 * k), y = node / (2 * k);
    const auto& t = graph.terminals[node];
    CHECK(t.router == y / 2 * k + x / 2);
    CHECK(t.out_port == y % 2 * 2 + x % 2);
    CHECK(t.in_port == t.out_port);
    CHECK(t.latency == 1);
  }
  CHECK(graph.channels.size() == 4 * k * k);
  // cmesh.cpp numbers outputs px, nx, py, ny in four blocks and says from which output each input comes.
  const auto outputs = by_output(graph);
  for (const auto& [end, c] : outputs) {
    const int x = static_cast<int>(c->to % k), y = static_cast<int>(c->to / k),
              half = static_cast<int>(k / 2);
    const int last = static_cast<int>(k) - 1;
    int from_x = x, from_y = y;
    std::uint32_t block = 0;
    switch (c->in_port - 4) {
      case 0:  // px_in
        block = x == last ? 0 : 1;
        x == last ? from_y += y < half ? half : -half : ++from_x;
        break;
      case 1:
        block = x == 0 ? 1 : 0;
        x == 0 ? from_y += y < half ? half : -half : --from_x;
        break;
      case 2:
        block = y == last ? 2 : 3;
        y == last ? from_x += x < half ? half : -half : ++from_y;
        break;
      default:
        block = y == 0 ? 3 : 2;
        y == 0 ? from_x += x < half ? half : -half : --from_y;
    }
    CHECK(c->from == static_cast<std::uint32_t>(from_y) * k + static_cast<std::uint32_t>(from_x));
    CHECK(c->out_port == 4 + block);
    const bool express = c->out_port == c->in_port;
    CHECK(c->latency == (express ? k : 2));
  }
  CHECK(refused("concentrated-mesh", {.k = 3}).find("even") != std::string::npos);
}

TEST_CASE("a flattened butterfly has outputs by row and column, inputs by number") {
  const auto [k, c] = GENERATE(table<std::uint32_t, std::uint32_t>({{4, 4}, {3, 1}, {2, 9}, {2, 16}}));
  const auto graph = built("flattened-butterfly", {.k = k, .n = 2, .c = c});
  const std::uint32_t side = c == 1 ? 1 : c == 4 ? 2 : c == 9 ? 3 : 4;
  CHECK(graph.routers == k * k);
  CHECK(graph.terminals.size() == c * k * k);
  CHECK(graph.channels.size() == k * k * 2 * (k - 1));
  const auto outputs = by_output(graph);
  std::vector<std::uint32_t> inputs(k * k, c);
  std::map<std::uint32_t, std::vector<const Channel*>> links;
  for (std::uint32_t r = 0; r < k * k; ++r) {
    for (std::uint32_t dim = 0; dim < 2; ++dim) {
      for (std::uint32_t i = 0, port = c + (k - 1) * dim; i < k; ++i) {
        const std::uint32_t other = dim == 0 ? r / k * k + i : i * k + r % k;
        if (other == r) continue;
        const auto* channel = outputs.at({r, port++});
        CHECK(channel->to == other);
        CHECK(channel->in_port == inputs[other]++);
        const auto apart = [](std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; };
        CHECK(channel->latency == side * (apart(r % k, other % k) + apart(r / k, other / k)));
        links[channel->link].push_back(channel);
      }
    }
  }
  for (const auto& [number, both] : links) {
    REQUIRE(both.size() == 2);
    CHECK(both[0]->from == both[1]->to);
    CHECK(both[0]->to == both[1]->from);
  }
  // Of 4 x 4 nodes around a router those in the corners are a tile further off in both directions.
  const std::vector<std::uint32_t> away =
      side == 4 ? std::vector<std::uint32_t>{3, 2, 2, 3, 2, 1, 1, 2, 2, 1, 1, 2, 3, 2, 2, 3}
                : std::vector<std::uint32_t>{1};
  for (const auto& t : graph.terminals) CHECK(t.latency == away[t.out_port % away.size()]);
}

TEST_CASE("in a fat tree every router above a node leads down to it, and channels are BookSim2's") {
  const auto [k, n] = GENERATE(table<std::uint32_t, std::uint32_t>({{4, 3}, {2, 4}, {3, 2}, {2, 1}}));
  const auto graph = built("fat-tree", {.k = k, .n = n});
  const std::uint32_t positions = raised(k, n - 1);
  CHECK(graph.routers == n * positions);
  CHECK(graph.channels.size() == 2 * k * positions * (n - 1));
  const auto outputs = by_output(graph);
  // fattree.cpp, nearest common ancestor: the down port is the digit of the destination at that level.
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    const std::uint32_t level = r / positions, cover = raised(k, n - level);
    const std::uint32_t first = r % positions / (cover / k) * cover;
    for (std::uint32_t node = first; node < first + cover; ++node) {
      std::uint32_t here = r;
      for (std::uint32_t at = level; at + 1 < n; ++at)
        here = outputs.at({here, node / raised(k, n - 1 - at) % k})->to;
      CHECK(graph.terminals[node].router == here);
      CHECK(graph.terminals[node].out_port == node % k);
    }
  }
  // fattree.cpp numbers channels by output; which one an input takes follows from its level's blocks.
  const std::uint32_t one_way = k * positions, both_ways = 2 * one_way;
  std::map<std::uint32_t, End> output_of;
  for (std::uint32_t level = 0; level < n; ++level) {
    for (std::uint32_t at = 0; at < positions; ++at) {
      for (std::uint32_t port = 0; port < k; ++port) {
        if (level + 1 < n) output_of[level * both_ways + at * k + port] = End{level * positions + at, port};
        if (level > 0)
          output_of[level * both_ways - one_way + at * k + port] = End{level * positions + at, k + port};
      }
    }
  }
  const auto interleaved = [&](std::uint32_t at, std::uint32_t port, std::uint32_t near,
                               std::uint32_t branch) {
    return at / near * near * k + port * branch * k + at % near % branch * k + at % near / branch;
  };
  for (const auto& c : graph.channels) {
    CHECK(c.latency == 1);
    const std::uint32_t level = c.to / positions, at = c.to % positions;
    std::uint32_t number = 0;
    if (c.in_port < k)
      number = (level + 1) * both_ways - one_way +
               interleaved(at, c.in_port, raised(k, n - 1 - level), raised(k, n - 2 - level));
    else
      number = (level - 1) * both_ways +
               interleaved(at, c.in_port - k, raised(k, n - level), raised(k, n - 1 - level));
    CHECK(output_of.at(number) == End{c.from, c.out_port});
  }
}
