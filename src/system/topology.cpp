#include "system/topology.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace marquetry::topology {
namespace {

// The smallest near-square arrangement that holds n dies; the last row may be short.
struct Grid {
  std::size_t columns, rows;
};

Grid grid_of(std::size_t n) {
  auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(n))));
  return {columns, (n + columns - 1) / columns};
}

// Links across the narrowest halving of n dies that fill a grid row by row, exactly. Die by die, the least
// for every way in which the last row of dies so far may lie (a bit each, set on the far side) and every
// number on the far side.
std::size_t narrowest_halving(std::size_t n, std::size_t columns) {
  if (n > most_dies) return columns;  // a straight cut will do: no package has so many
  const std::size_t half = n / 2;
  const std::size_t masks = std::size_t{1} << columns;
  const std::size_t open = n * n;  // more than there are links
  std::vector<std::size_t> least(masks * (half + 1), open);
  least[0] = 0;
  for (std::size_t die = 0; die < n; ++die) {
    std::vector<std::size_t> next(least.size(), open);
    for (std::size_t mask = 0; mask < masks; ++mask) {
      for (std::size_t side = 0; side < 2; ++side) {
        const std::size_t left = die % columns == 0 ? side : mask & 1;
        const std::size_t above = die < columns ? side : mask >> (columns - 1);
        const std::size_t links = (left ^ side) + (above ^ side);
        const std::size_t row = ((mask << 1 | side) & (masks - 1)) * (half + 1);
        for (std::size_t far = 0; far + side <= half; ++far) {
          auto& best = next[row + far + side];
          best = std::min(best, least[mask * (half + 1) + far] + links);
        }
      }
    }
    least = std::move(next);
  }
  std::size_t cut = open;
  for (std::size_t mask = 0; mask < masks; ++mask) cut = std::min(cut, least[mask * (half + 1) + half]);
  return cut;
}

}  // namespace

GraphFigures all_pairs(std::size_t n) {
  if (n < 2) return {};
  const auto [columns, rows] = grid_of(n);
  const std::size_t half = n / 2;
  // The farthest pair of a grid lies across it; neighbours pass over no die.
  const auto span = static_cast<double>(columns - 1 + rows - 1 - 1);
  return {static_cast<double>(n - 1),
          static_cast<double>(half * (n - half)),
          1,
          span,
          static_cast<double>(n * (n - 1) / 2),
          static_cast<double>(n - 1)};
}

GraphFigures mesh(std::size_t n) {
  if (n < 2) return {};
  const auto [columns, rows] = grid_of(n);
  std::size_t degree = 0, ends = 0;
  for (std::size_t die = 0; die < n; ++die) {
    const std::size_t column = die % columns;
    const std::size_t links = std::size_t{column > 0} + std::size_t{column + 1 < columns && die + 1 < n} +
                              std::size_t{die >= columns} + std::size_t{die + columns < n};
    degree = std::max(degree, links);
    ends += links;
  }
  return {static_cast<double>(degree),
          static_cast<double>(narrowest_halving(n, columns)),
          static_cast<double>(columns - 1 + rows - 1),
          0,
          static_cast<double>(ends) / 2,
          static_cast<double>(std::min<std::size_t>(2, degree))};
}

// Rings of 4, 8, 12 ... places around the hub.
GraphFigures star(std::size_t n) {
  std::size_t ring = 0;
  for (std::size_t places = 0; places < n; places += 4 * ring) ++ring;
  return {1,
          static_cast<double>((n + 1) / 2),
          n < 2 ? 1.0 : 2.0,
          ring == 0 ? 0 : static_cast<double>(ring - 1),
          static_cast<double>(n),
          1,
          2};
}

Edges all_pairs_edges(std::size_t n) {
  Edges edges;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) edges.emplace_back(a, b);
  }
  return edges;
}

Edges mesh_edges(std::size_t n) {
  Edges edges;
  if (n < 2) return edges;
  const std::size_t columns = grid_of(n).columns;
  for (std::size_t die = 0; die < n; ++die) {
    if ((die + 1) % columns != 0 && die + 1 < n) edges.emplace_back(die, die + 1);
    if (die + columns < n) edges.emplace_back(die, die + columns);
  }
  return edges;
}

Edges star_edges(std::size_t n) {
  Edges edges;
  for (std::size_t die = 0; die < n; ++die) edges.emplace_back(die, n);
  return edges;
}

}  // namespace marquetry::topology
