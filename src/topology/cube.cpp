// Meshes and tori of any number of dimensions, with the ports of BookSim2 (booksim/booksim2,
// src/networks/kncube.cpp): 2i to +dim i, 2i + 1 to -dim i, the last one the node's.
#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
#include <utility>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

enum class Rim : std::uint8_t { open, joined };

Shape shape_of(Family family, std::vector<std::uint32_t> radices) {
  const bool same = std::ranges::all_of(radices, [&](auto r) { return r == radices[0]; });
  return {family, same && !radices.empty() ? radices[0] : 0, static_cast<std::uint32_t>(radices.size()), 1,
          std::move(radices)};
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

// Even dimensions side by side, odd ones one above the other.
std::vector<Point> cube_places(const std::vector<std::uint32_t>& radices) {
  std::vector<Point> made{{0, 0}};
  double across = 1, up = 1;
  for (std::size_t dim = 0; dim < radices.size(); ++dim) {
    const Point step = dim % 2 == 0 ? Point{across, 0} : Point{0, up};
    const std::size_t before = made.size();
    for (std::uint32_t x = 1; x < radices[dim]; ++x)
      for (std::size_t i = 0; i < before; ++i)
        made.push_back({made[i].x + x * step.x, made[i].y + x * step.y});
    (dim % 2 == 0 ? across : up) *= radices[dim];
  }
  return made;
}

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

std::optional<Graph> mesh(const Size& size, std::string& why) {
  if (is_cube(size)) {
    const auto radices = equal_radices(size, why);
    if (!radices) return std::nullopt;
    auto graph = cube(*radices, Rim::open, 1);
    graph.places = cube_places(*radices);
    return graph;
  }
  const auto sides = grid(size, why);
  if (!sides) return std::nullopt;
  auto graph = sides->is_full() ? cube({sides->columns, sides->rows}, Rim::open, 1) : short_mesh(*sides);
  graph.places = places(*sides);
  return graph;
}

std::optional<Graph> torus(const Size& size, std::string& why) {
  if (is_cube(size)) {
    const auto radices = equal_radices(size, why);
    if (!radices) return std::nullopt;
    // BookSim2 thinks of the layout as folded: every link spans two routers (kncube.cpp).
    auto graph = cube(*radices, Rim::joined, 2);
    graph.places = cube_places(*radices);
    return graph;
  }
  const auto sides = full_grid(size, why);
  if (!sides) return std::nullopt;
  auto graph = cube({sides->columns, sides->rows}, Rim::joined, 1);
  graph.places = places(*sides);
  return graph;
}

std::optional<Graph> ring(const Size& size, std::string& why) {
  const auto count = dies(size, why);
  if (!count) return std::nullopt;
  auto graph = cube({*count}, *count > 2 ? Rim::joined : Rim::open, 1);
  graph.name = "ring";
  // Out in one row and back in the next.
  const std::uint32_t out = (*count + 1) / 2;
  for (std::uint32_t i = 0; i < *count; ++i)
    graph.places.push_back(i < out ? Point{static_cast<double>(i), 0}
                                   : Point{static_cast<double>(2 * out - 1 - i), 1});
  return graph;
}

std::optional<Graph> hypercube(const Size& size, std::string& why) {
  std::uint32_t n = size.n;
  if (size.n == 0) {
    const auto count = dies(size, why);
    if (!count) return std::nullopt;
    if (!std::has_single_bit(*count)) {
      why = "a hypercube has 2, 4, 8 ... dies, not " + std::to_string(*count);
      return std::nullopt;
    }
    n = static_cast<std::uint32_t>(std::countr_zero(*count));
  }
  if (size.k > 2 || (size.n != 0 && !power(2, n))) {
    why = "a hypercube has radix 2 and at most 16 dimensions";
    return std::nullopt;
  }
  auto graph = cube(std::vector(n, 2u), Rim::open, 1);
  graph.name = "hypercube";
  graph.places = places({1u << (n + 1) / 2, 1u << n / 2, graph.routers});
  return graph;
}

// The routers of all dies are one mesh, whose links are longer where they pass from die to die.
std::optional<Graph> hierarchical(const Size& size, std::string& why) {
  // Adapters, PHYs and flight of a link between dies, where the mesh inside has 1.
  constexpr std::uint32_t between_dies = 8;
  const std::uint32_t inner = size.inner != 0 ? size.inner : 4;
  const auto sides = full_grid(size, why);
  if (!sides) return std::nullopt;
  if (std::uint64_t{sides->routers} * inner * inner > most_routers) {
    why = "it would have more than " + std::to_string(most_routers) + " routers";
    return std::nullopt;
  }
  const Grid all{sides->columns * inner, sides->rows * inner, sides->routers * inner * inner};
  auto graph = cube({all.columns, all.rows}, Rim::open, 1);
  graph.name = "hierarchical";
  graph.places = places(all);
  for (auto& p : graph.places) p = {p.x / inner, p.y / inner};
  const auto die = [&](std::uint32_t router) {
    return router / all.columns / inner * sides->columns + router % all.columns / inner;
  };
  for (auto& c : graph.channels)
    if (die(c.from) != die(c.to)) c.latency = between_dies;
  return graph;
}

}  // namespace marquetry::topology
