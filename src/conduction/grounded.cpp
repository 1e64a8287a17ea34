// Whether every node has a way to the ground: by inspection where layers are whole, else by merging nodes.
#include <algorithm>
#include <cstdint>
#include <numeric>

#include "conduction/operator.h"

namespace marquetry::conduction {
namespace {

// All columns of cells are whole, some layer too, the ground is somewhere, no hub hangs loose.
bool plainly_grounded(const Operator& a) {
  const auto& [columns, rows, layers] = a.shape;
  const std::size_t cells = a.shape.cells(), plane = a.shape.plane();
  if (cells == 0) return false;
  for (std::size_t i = a.first; i + plane < a.first + cells; ++i)
    if (!(a.above[i] > 0)) return false;
  for (std::size_t h = 0; h < a.hubs; ++h)
    if (std::none_of(a.ties.begin(), a.ties.end(), [&](const auto& tie) { return tie.hub == a.hub(h); }))
      return false;
  if (std::none_of(a.drain.begin(), a.drain.end(), [](double g) { return g > 0; })) return false;
  for (std::size_t l = 0; l < layers; ++l) {
    bool whole = true;
    for (std::size_t r = 0; r < rows && whole; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t i = a.first + a.shape.cell(l, r, c);
        whole &= (c + 1 == columns || a.right[i] > 0) && (r + 1 == rows || a.up[i] > 0);
      }
    if (whole) return true;
  }
  return false;
}

}  // namespace

bool all_grounded(const Operator& a) {
  if (plainly_grounded(a)) return true;
  const std::size_t cells = a.shape.cells(), count = cells + a.hubs, ground = count;
  std::vector<std::uint32_t> parent(count + 1);
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const auto join = [&](std::size_t p, std::size_t q, double g) {
    if (g > 0) parent[root(p)] = static_cast<std::uint32_t>(root(q));
  };
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t place = a.first + i;
    if (a.right[place] > 0) join(i, i + 1, a.right[place]);
    if (a.up[place] > 0) join(i, i + a.shape.columns, a.up[place]);
    if (a.above[place] > 0) join(i, i + a.shape.plane(), a.above[place]);
  }
  for (const auto* list : {&a.ties, &a.links})
    for (const auto& [p, q, g] : *list) join(p - a.first, q - a.first, g);
  for (std::size_t i = 0; i < count; ++i) join(i, ground, a.drain[a.first + i]);
  for (std::size_t i = 0; i < count; ++i)
    if (root(i) != root(ground)) return false;
  return true;
}

}  // namespace marquetry::conduction
