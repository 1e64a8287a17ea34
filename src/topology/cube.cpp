// Meshes and tori of any number of dimensions, with the ports of BookSim2 (booksim/booksim2,
// src/networks/kncube.cpp): 2i to +dim i, 2i + 1 to -dim i, the last one the node's.
#include <algorithm>
#include <numeric>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

enum class Rim : std::uint8_t { open, joined };

Shape shape_of(Family family, std::vector<std::uint32_t> radices) {
  const bool same = std::ranges::all_of(radices, [&](auto r) { return r == radices[0]; });
  return {family, same ? radices[0] : 0, static_cast<std::uint32_t>(radices.size()), 1, std::move(radices)};
}

Graph cube(const std::vector<std::uint32_t>& radices, Rim rim, std::uint32_t latency) {
  const auto routers = std::accumulate(radices.begin(), radices.end(), 1u, std::multiplies<>{});
  const auto n = static_cast<std::uint32_t>(radices.size());
  Builder made{rim == Rim::joined ? "torus" : "mesh", routers};
  made.graph.shape = shape_of(rim == Rim::joined ? Family::torus : Family::mesh, radices);
  for (std::uint32_t router = 0; router < routers; ++router) {
    std::uint32_t stride = 1;
    for (std::uint32_t dim = 0; dim < n; stride *= radices[dim], ++dim) {
      const std::uint32_t x = router / stride % radices[dim];
      if (x + 1 < radices[dim])
        made.link_at(router, 2 * dim, router + stride, 2 * dim + 1, latency);
      else if (rim == Rim::joined && radices[dim] > 1)
        made.link_at(router, 2 * dim, router - x * stride, 2 * dim + 1, latency);
    }
    made.terminal_at(router, 2 * n);
  }
  return std::move(made.graph);
}

// Of k and n, with n = 2 unless it is given.
std::optional<std::vector<std::uint32_t>> equal_radices(const Size& size, std::string& why) {
  const std::uint32_t n = size.n == 0 ? 2 : size.n;
  if (size.k < 2) {
    why = "its radix k must be at least 2";
    return std::nullopt;
  }
  if (!power(size.k, n)) {
    why = std::to_string(size.k) + "^" + std::to_string(n) + " is more than " + std::to_string(most_routers) +
          " routers";
    return std::nullopt;
  }
  return std::vector(n, size.k);
}

bool is_cube(const Size& size) { return size.k != 0 || size.n != 0; }

// Rows of which the last one is short: the ports of the full mesh, without its coordinates.
Graph short_mesh(const Grid& grid) {
  auto graph = cube({grid.columns, grid.rows}, Rim::open, 1);
  std::erase_if(graph.channels,
                [&](const Channel& c) { return c.from >= grid.routers || c.to >= grid.routers; });
  // Links are numbered without gaps.
  std::vector<std::uint32_t> number(graph.channels.empty() ? 0 : graph.channels.back().link + 1);
  std::uint32_t links = 0;
  for (auto& c : graph.channels) {
    if (c.from < c.to) number[c.link] = links++;
    c.link = number[c.link];
  }
  graph.terminals.resize(grid.routers);
  graph.routers = grid.routers;
  graph.shape = {};
  return graph;
}

}  // namespace

std::vector<Point> places(const Grid& grid) {
  std::vector<Point> made;
  for (std::uint32_t r = 0; r < grid.routers; ++r)
    made.push_back({static_cast<double>(r % grid.columns), static_cast<double>(r / grid.columns)});
  return made;
}

std::vector<Point> folded_places(const Grid& grid) {
  const auto folded = [](std::uint32_t x, std::uint32_t radix) {
    return static_cast<double>(2 * x < radix ? 2 * x : 2 * (radix - 1 - x) + 1);
  };
  std::vector<Point> made;
  for (std::uint32_t r = 0; r < grid.routers; ++r)
    made.push_back({folded(r % grid.columns, grid.columns), folded(r / grid.columns, grid.rows)});
  return made;
}

std::optional<Graph> mesh(const Size& size, std::string& why) {
  if (is_cube(size)) {
    const auto radices = equal_radices(size, why);
    if (!radices) return std::nullopt;
    auto graph = cube(*radices, Rim::open, 1);
    if (radices->size() == 2) graph.places = places({size.k, size.k, graph.routers});
    return graph;
  }
  const auto sides = grid(size, why);
  if (!sides) return std::nullopt;
  auto graph = sides->is_full() ? cube({sides->columns, sides->rows}, Rim::open, 1) : short_mesh(*sides);
  graph.places = places(*sides);
  return graph;
}

std::optional<Graph> torus(const Size& size, std::string& why) {
  // Laid out folded, every link spans two routers (kncube.cpp: latency 2).
  constexpr std::uint32_t folded = 2;
  if (is_cube(size)) {
    const auto radices = equal_radices(size, why);
    if (!radices) return std::nullopt;
    auto graph = cube(*radices, Rim::joined, folded);
    if (radices->size() == 2) graph.places = folded_places({size.k, size.k, graph.routers});
    return graph;
  }
  auto sides = full_grid(size, why);
  if (!sides) return std::nullopt;
  if (sides->rows == 2 || sides->columns == 2) {
    // Both ways around a dimension of 2 lead to the same neighbour.
    if (size.rows != 0 || size.columns != 0) {
      why = "rows and columns of a torus are 1 or at least 3: both ways around 2 lead to the same neighbour";
      return std::nullopt;
    }
    sides = Grid{sides->routers, 1, sides->routers};
  }
  if (sides->routers == 2) return mesh({.rows = 1, .columns = 2}, why);
  auto radices = std::vector{sides->columns, sides->rows};
  if (sides->rows == 1) radices.pop_back();
  auto graph = cube(radices, Rim::joined, folded);
  graph.places = folded_places(*sides);
  return graph;
}

}  // namespace marquetry::topology
