#include "system/topology.h"

#include <algorithm>
#include <cmath>

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

}  // namespace

GraphFigures all_pairs(std::size_t n) {
  if (n < 2) return {};
  const auto [columns, rows] = grid_of(n);
  const std::size_t half = n / 2;
  // The farthest pair of a grid lies across it; neighbours pass over no die.
  const auto span = static_cast<double>(columns - 1 + rows - 1 - 1);
  return {static_cast<double>(n - 1), static_cast<double>(half * (n - half)), 1, span};
}

GraphFigures mesh(std::size_t n) {
  if (n < 2) return {};
  const auto [columns, rows] = grid_of(n);
  const std::size_t degree = std::min<std::size_t>(2, columns - 1) + std::min<std::size_t>(2, rows - 1);
  // A vertical cut crosses each full row once, a horizontal one each column; a short last row is no full row.
  const std::size_t full_rows = n / columns;
  const std::size_t cut = rows == 1 ? 1 : std::max<std::size_t>(1, std::min(full_rows, columns));
  return {static_cast<double>(degree), static_cast<double>(cut), static_cast<double>(columns - 1 + rows - 1),
          0};
}

// Rings of 4, 8, 12 ... places around the hub.
GraphFigures star(std::size_t n) {
  std::size_t ring = 0;
  for (std::size_t places = 0; places < n; places += 4 * ring) ++ring;
  return {1, static_cast<double>((n + 1) / 2), n < 2 ? 1.0 : 2.0,
          ring == 0 ? 0 : static_cast<double>(ring - 1)};
}

}  // namespace marquetry::topology
