// Whether every node has a way to the ground: by inspection where layers are whole, else by merging nodes.
#include <algorithm>
#include <cstdint>
#include <numeric>

#include "conduction/operator.h"

namespace marquetry::conduction {
namespace {

// All columns of cells are whole, some layer too, and some cell has a way to the ground.
bool cells_plainly_grounded(const Operator& a) {
  const auto& [columns, rows, layers] = a.shape;
  const std::size_t cells = a.shape.cells(), plane = a.shape.plane(), end = a.first + cells;
  if (cells == 0) return false;
  bool whole = true, drained = false;
  for (std::size_t i = a.first; i + plane < end; ++i) whole &= a.above[i] > 0;
  for (std::size_t i = end; i-- > a.first && !drained;) drained = a.drain[i] > 0;
  if (!whole || !drained) return false;
  for (std::size_t l = 0; l < layers; ++l) {
    whole = true;
    for (std::size_t r = 0; r < rows && whole; ++r) {
      const std::size_t begin = a.first + a.shape.cell(l, r, 0);
      for (std::size_t i = begin; i + 1 < begin + columns; ++i) whole &= a.right[i] > 0;
      for (std::size_t i = begin; i < begin + columns && r + 1 < rows; ++i) whole &= a.up[i] > 0;
    }
    if (whole) return true;
  }
  return false;
}

// By merging nodes that conduct to each other, the ground among them. Where the cells are known to be
// grounded only hubs are merged with it.
bool merged_with_ground(const Operator& a, bool cells_grounded) {
  const std::size_t cells = a.shape.cells(), count = cells + a.hubs, ground = count;
  const std::size_t from = cells_grounded ? cells : 0;
  std::vector<std::uint32_t> parent(count + 1);
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::size_t i) {
    if (i < from) return ground;
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const auto join = [&](std::size_t p, std::size_t q, double g) {
    // the ground, of the highest number, stays a root
    if (g > 0) {
      const auto [low, high] = std::minmax({root(p), root(q)});
      parent[low] = static_cast<std::uint32_t>(high);
    }
  };
  for (std::size_t i = from; i < cells; ++i) {
    const std::size_t place = a.first + i;
    join(i, i + 1, a.right[place]);
    join(i, i + a.shape.columns, a.up[place]);
    join(i, i + a.shape.plane(), a.above[place]);
  }
  for (const auto* list : {&a.ties, &a.links})
    for (const auto& [p, q, g] : *list) join(q - a.first, p - a.first, g);
  for (std::size_t i = from; i < count; ++i) join(i, ground, a.drain[a.first + i]);
  for (std::size_t i = from; i < count; ++i)
    if (root(i) != root(ground)) return false;
  return true;
}

}  // namespace

bool all_grounded(const Operator& a) { return merged_with_ground(a, cells_plainly_grounded(a)); }

}  // namespace marquetry::conduction
