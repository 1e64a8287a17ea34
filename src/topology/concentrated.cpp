// Grids with several nodes a router, with the ports, nodes and latencies of BookSim2
// (booksim/booksim2, src/networks/cmesh.cpp and flatfly_onchip.cpp): latencies are distances in tiles of
// nodes.
#include <algorithm>
#include <cmath>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

std::uint32_t distance(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

// The node at (x, y) of the block of side x side nodes of a router.
std::uint32_t node_at(const Grid& grid, std::uint32_t router, std::uint32_t side, std::uint32_t x,
                      std::uint32_t y) {
  const std::uint32_t column = router % grid.columns * side + x, row = router / grid.columns * side + y;
  return row * grid.columns * side + column;
}

// Tiles between a node and the router in the middle of its block: clients are counted up columns first.
std::uint32_t to_the_middle(std::uint32_t client, std::uint32_t side) {
  const auto off = [&](std::uint32_t i) {
    const std::uint32_t half = side / 2;
    if (i < half) return half - i;
    return side % 2 == 0 ? i - half + 1 : i - half;
  };
  const std::uint32_t y = off(client % side), x = off(client / side);
  return 1 + (y > 1 ? y - 1 : 0) + (x > 1 ? x - 1 : 0);
}

void add_nodes(Builder& made, const Grid& grid, std::uint32_t side) {
  made.graph.terminals.resize(std::size_t{grid.routers} * side * side);
  for (std::uint32_t router = 0; router < grid.routers; ++router) {
    for (std::uint32_t y = 0, port = 0; y < side; ++y) {
      for (std::uint32_t x = 0; x < side; ++x, ++port) {
        made.graph.terminals[node_at(grid, router, side, x, y)] = {router, port, port,
                                                                   to_the_middle(port, side)};
      }
    }
  }
}

// All others in the row, then in the column, by number: the order of the outputs.
std::vector<std::uint32_t> others(const Grid& grid, std::uint32_t router) {
  std::vector<std::uint32_t> list;
  const std::uint32_t x = router % grid.columns, y = router / grid.columns;
  for (std::uint32_t i = 0; i < grid.columns; ++i)
    if (i != x) list.push_back(y * grid.columns + i);
  for (std::uint32_t i = 0; i < grid.rows; ++i)
    if (i != y) list.push_back(i * grid.columns + x);
  return list;
}

std::uint32_t link_number(std::vector<std::vector<std::uint32_t>>& numbers, std::uint32_t& next,
                          std::uint32_t from, std::uint32_t out, std::uint32_t to, std::uint32_t back) {
  auto& mine = numbers[from][out];
  if (mine == none) mine = numbers[to][back] = next++;
  return mine;
}

}  // namespace

std::optional<Graph> concentrated_mesh(const Size& size, std::string& why) {
  constexpr std::uint32_t side = 2;
  const auto root = static_cast<std::uint32_t>(std::lround(std::sqrt(size.routers)));
  const std::uint32_t k = size.k != 0 ? size.k : std::max({size.rows, size.columns, root});
  if ((size.c != 0 && size.c != side * side) || (size.n != 0 && size.n != 2)) {
    why = "a concentrated mesh has two dimensions and 4 nodes a router";
    return std::nullopt;
  }
  if (k < 2 || k % 2 != 0 || k > 256 || (size.rows != 0 && size.rows != k) ||
      (size.columns != 0 && size.columns != k) || (size.routers != 0 && size.routers != k * k)) {
    why =
        "a concentrated mesh is a square of k x k routers, k even: its express channels join halves of the "
        "rim";
    return std::nullopt;
  }
  const Grid sides{k, k, k * k};
  Builder made{"concentrated-mesh", k * k};
  made.graph.shape = {Family::concentrated_mesh, k, 2, side * side, {k, k}};
  made.graph.places = places(sides);
  add_nodes(made, sides, side);
  // Ports 4 to 7: +x, -x, +y, -y.
  const std::uint32_t express = side * k / 2;
  for (std::uint32_t router = 0; router < k * k; ++router) {
    const std::uint32_t x = router % k, y = router / k;
    if (x + 1 < k) made.link_at(router, 4, router + 1, 5, side);
    if (y + 1 < k) made.link_at(router, 6, router + k, 7, side);
    for (const std::uint32_t port : {4u, 5u})
      if (x == (port == 4 ? k - 1 : 0) && y < k / 2)
        made.link_at(router, port, router + k * (k / 2), port, express);
    for (const std::uint32_t port : {6u, 7u})
      if (y == (port == 6 ? k - 1 : 0) && x < k / 2)
        made.link_at(router, port, router + k / 2, port, express);
  }
  return std::move(made.graph);
}

std::optional<Graph> flattened_butterfly(const Size& size, std::string& why) {
  if (size.n != 0 && size.n != 2) {
    why = "a flattened butterfly has two dimensions here";
    return std::nullopt;
  }
  const std::uint32_t c = size.c != 0 ? size.c : 1;
  const auto side = static_cast<std::uint32_t>(std::lround(std::sqrt(c)));
  if (side * side != c) {
    why = "the nodes of a router are a square: 1, 4, 9 ...";
    return std::nullopt;
  }
  const auto sides = full_grid(size.k != 0 ? Size{.rows = size.k, .columns = size.k} : size, why);
  if (!sides) return std::nullopt;
  // Pairs of routers in a line.
  if (std::uint64_t{sides->routers} * (sides->rows + sides->columns) > 1u << 22) {
    why = "it would have more than two million links";
    return std::nullopt;
  }
  Builder made{"flattened-butterfly", sides->routers};
  made.graph.shape = {Family::flattened_butterfly,
                      sides->rows == sides->columns ? sides->rows : 0,
                      2,
                      c,
                      {sides->columns, sides->rows}};
  made.graph.places = places(*sides);
  add_nodes(made, *sides, side);
  std::vector<std::uint32_t> inputs(sides->routers, c);
  std::vector<std::vector<std::uint32_t>> numbers(sides->routers);
  for (auto& n : numbers) n.assign(sides->rows + sides->columns - 2, none);
  std::uint32_t links = 0;
  for (std::uint32_t router = 0; router < sides->routers; ++router) {
    const auto list = others(*sides, router);
    for (std::uint32_t out = 0; out < list.size(); ++out) {
      const std::uint32_t to = list[out];
      const std::uint32_t length = side * (distance(router % sides->columns, to % sides->columns) +
                                           distance(router / sides->columns, to / sides->columns));
      // Where `to` lists this router: its place in the row or column, without `to` itself.
      const bool in_row = out < sides->columns - 1;
      const std::uint32_t mine = in_row ? router % sides->columns : router / sides->columns;
      const std::uint32_t its = in_row ? to % sides->columns : to / sides->columns;
      const std::uint32_t back = (in_row ? 0 : sides->columns - 1) + mine - (mine > its ? 1 : 0);
      made.channel(router, c + out, to, inputs[to]++, length,
                   link_number(numbers, links, router, out, to, back));
    }
  }
  return std::move(made.graph);
}

}  // namespace marquetry::topology
