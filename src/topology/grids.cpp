// Dies at the crossings of a grid, numbered row by row as they stand, with links that a mesh has not.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "topology/adjacency.h"
#include "topology/rows.h"

namespace marquetry::topology {
namespace {

struct Step {
  int right, up;
};

// The router that far from another one, if there is one.
std::uint32_t at(const Grid& grid, std::uint32_t router, Step step) {
  const int x = static_cast<int>(router % grid.columns) + step.right;
  const int y = static_cast<int>(router / grid.columns) + step.up;
  if (x < 0 || y < 0 || x >= static_cast<int>(grid.columns)) return none;
  const auto to = static_cast<std::uint32_t>(y) * grid.columns + static_cast<std::uint32_t>(x);
  return to < grid.routers ? to : none;
}

Builder begun(std::string name, const Grid& grid) {
  Builder made{std::move(name), grid.routers};
  made.graph.places = places(grid);
  return made;
}

// Patterns in turn over all routers, as long as both ends have fewer than four links: how RapidChiplet
// (arXiv 2311.06081) builds the Kite topologies for any grid.
std::optional<Graph> kite(std::string name, std::span<const Step> steps, const Size& size, std::string& why) {
  const auto sides = grid(size, why);
  if (!sides) return std::nullopt;
  auto made = begun(std::move(name), *sides);
  std::vector<std::uint32_t> links(sides->routers);
  for (const auto step : steps) {
    for (std::uint32_t router = 0; router < sides->routers; ++router) {
      const auto to = at(*sides, router, step);
      if (to == none || links[router] == 4 || links[to] == 4) continue;
      made.link(router, to);
      ++links[router], ++links[to];
    }
  }
  // Where four links a die are spent before the last pattern, an island may be left.
  const auto away = hops(adjacency(made.graph), 0);
  if (std::ranges::find(away, none) != away.end()) {
    why = "four links a die leave " + std::to_string(sides->routers) + " dies in " +
          std::to_string(sides->columns) + " columns in pieces: try other rows and columns";
    return std::nullopt;
  }
  made.terminals();
  return std::move(made.graph);
}

}  // namespace

std::optional<Graph> folded_torus(const Size& size, std::string& why) {
  const auto sides = full_grid(size, why);
  if (!sides) return std::nullopt;
  auto made = begun("folded-torus", *sides);
  for (std::uint32_t y = 0; y < sides->rows; ++y) {
    std::vector<std::uint32_t> line;
    for (std::uint32_t x = 0; x < sides->columns; ++x) line.push_back(y * sides->columns + x);
    join(made, line, Line::folded);
  }
  for (std::uint32_t x = 0; x < sides->columns; ++x) {
    std::vector<std::uint32_t> line;
    for (std::uint32_t y = 0; y < sides->rows; ++y) line.push_back(y * sides->columns + x);
    join(made, line, Line::folded);
  }
  made.terminals();
  return std::move(made.graph);
}

std::optional<Graph> octa_mesh(const Size& size, std::string& why) {
  const auto sides = grid(size, why);
  if (!sides) return std::nullopt;
  auto made = begun("octa-mesh", *sides);
  for (const Step step : {Step{1, 0}, Step{0, 1}, Step{1, 1}, Step{-1, 1}}) {
    for (std::uint32_t router = 0; router < sides->routers; ++router) {
      const auto to = at(*sides, router, step);
      if (to != none) made.link(router, to);
    }
  }
  made.terminals();
  return std::move(made.graph);
}

std::optional<Graph> sid_mesh(const Size& size, std::string& why) {
  const auto sides = full_grid(size, why);
  if (!sides) return std::nullopt;
  auto made = begun("sid-mesh", *sides);
  for (std::uint32_t router = 0; router < sides->routers; ++router) {
    const std::uint32_t x = router % sides->columns, y = router / sides->columns;
    for (const Step step : {Step{-1, 1}, Step{1, 1}, Step{1, 0}, Step{0, 1}}) {
      const bool on_the_rim =
          step.up == 0 ? y == 0 || y + 1 == sides->rows : x == 0 || x + 1 == sides->columns;
      const auto to = at(*sides, router, step);
      if (to != none && (std::abs(step.right) == step.up || on_the_rim)) made.link(router, to);
    }
  }
  made.terminals();
  return std::move(made.graph);
}

std::optional<Graph> kite_small(const Size& size, std::string& why) {
  static constexpr std::array steps{Step{-1, 1}, Step{1, 1}, Step{1, 0}, Step{0, 1}};
  return kite("kite-small", steps, size, why);
}

std::optional<Graph> kite_medium(const Size& size, std::string& why) {
  static constexpr std::array steps{Step{0, 2}, Step{2, 0}, Step{-1, 1}, Step{1, 1}, Step{1, 0}, Step{0, 1}};
  return kite("kite-medium", steps, size, why);
}

std::optional<Graph> kite_large(const Size& size, std::string& why) {
  static constexpr std::array steps{Step{-2, 1}, Step{-1, 2}, Step{1, 2}, Step{2, 1}, Step{0, 2},
                                    Step{2, 0},  Step{-1, 1}, Step{1, 1}, Step{1, 0}, Step{0, 1}};
  return kite("kite-large", steps, size, why);
}

}  // namespace marquetry::topology
