#include "operators/matmul.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace marquetry::operators {
namespace {

constexpr std::array<double, 5> tile_sides{16, 32, 64, 128, 256};
using BySide = std::array<double, tile_sides.size()>;

struct OnChip {
  double cycles{};  // the longer of the two
  double compute{}, cache{};
};

// What products share that run as one kernel.
struct Shape {
  double n{}, k{};
  double macs{};   // of an element of the arrays and cycle
  double bytes{};  // of a number
};

// Operands that a core reads from its own memory for each side of a tile cost as many cycles as this many
// rows of it: small tiles reuse them less. 8 has the least error where each row is predicted from the others,
// on A100 and MI210.
constexpr double operand_load = 8;

// As std::ceil, without a call: a product is rated in 0.1 us. Exact below 2^51.
double up(double x) {
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52: what is added to it has no fraction left
  const double nearest = (x + shift) - shift;
  return nearest < x ? nearest + 1 : nearest;
}

// The share of a whole number of things that each of 1 / `inverse` takes, whole ones: products with an
// inverse may lie above a whole number by their rounding.
double dealt(double things, double inverse) { return up(things * inverse - 1e-9); }

// Output tiles are dealt to the cores in waves. A core's arrays share the parts of a tile; each part streams
// k through an array, and fills and drains it once a tile. The operands of every tile come from the cache.
// row_tiles: how many tiles of a side's rows there are.
OnChip best_tiled(const Device& d, const Shape& p, const BySide& row_tiles) {
  constexpr std::size_t sides = tile_sides.size();
  const double by_core = 1 / d.cores, by_array = 1 / d.arrays;
  const double streamed = p.k / p.macs, fill = 2 * (d.rows + d.columns - 2);
  const double slow = 1 / d.of(Class::matmul).compute;
  const double fetched = d.cache_rate > 0 ? p.k * p.bytes / d.cache_rate : 0;
  std::array<double, sides> across{}, wide{};  // tiles and parts along n
  for (std::size_t j = 0; j < sides; ++j) {
    across[j] = up(p.n / tile_sides[j]);
    wide[j] = up(tile_sides[j] / d.columns);
  }
  OnChip best{.cycles = std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i < sides; ++i) {
    const double down = row_tiles[i], high = up(tile_sides[i] / d.rows);
    const double load = 1 + operand_load / tile_sides[i];
    for (std::size_t j = 0; j < sides; ++j) {
      const double tiles = down * across[j];
      const double parts = dealt(high * wide[j], by_array);
      const double of_tile = parts * streamed * (load + operand_load / tile_sides[j]) + fill;
      const double compute = dealt(tiles, by_core) * of_tile * slow;
      const double cache = tiles * (tile_sides[i] + tile_sides[j]) * fetched;
      const double cycles = std::max(compute, cache);
      if (cycles < best.cycles) best = {cycles, compute, cache};
    }
  }
  return best;
}

struct Stored {
  Format format{}, weights{};
  Sparsity sparsity{};
};

// cost.flop and cost.bytes are there.
Cost product_cost(const Device& d, Cost cost, const Stored& s, double n, double k, const BySide& row_tiles) {
  const auto& kernel = d.of(Class::matmul);
  const auto computed = computed_in(s.format, d.macs);
  cost.overhead = kernel.launch;
  cost.memory = cost.bytes / (d.memory_rate * kernel.memory);
  if (computed) {
    const double speedup = s.sparsity == Sparsity::dense ? 1 : d.sparse_speedup;
    const auto chip = best_tiled(
        d, {.n = n, .k = k, .macs = d.macs[index(*computed)] * speedup, .bytes = bytes(s.format)}, row_tiles);
    cost.compute = chip.compute / d.clock;
    cost.cache = chip.cache / d.clock;
  } else {
    cost.compute = std::numeric_limits<double>::infinity();
  }
  cost.total = cost.overhead + std::max({cost.compute, cost.cache, cost.memory});
  cost.bound = largest_part(cost);
  return cost;
}

}  // namespace

Cost matmul(const Device& d, const Matmul& p) {
  Cost cost{.flop = 2 * p.batch * p.m * p.n * p.k};
  if (cost.flop <= 0) return cost;
  cost.bytes =
      p.batch * (bytes(p.format) * (p.m * p.k + p.m * p.n) + weight_bytes(p.weights, p.sparsity) * p.k * p.n);
  BySide row_tiles{};
  for (std::size_t i = 0; i < row_tiles.size(); ++i) row_tiles[i] = p.batch * up(p.m / tile_sides[i]);
  return product_cost(d, cost, {p.format, p.weights, p.sparsity}, p.n, p.k, row_tiles);
}

double systolic_cycles(double m, double n, double k, double rows, double columns) {
  return std::ceil(m / rows) * std::ceil(n / columns) * (k + rows + columns - 2) - 1;
}

Cost grouped_matmul(const Device& d, const GroupedMatmul& p) {
  double tokens = 0, touched = 0;
  std::array<std::int64_t, tile_sides.size()> tiles{};
  for (const double one : p.tokens) {
    tokens += one;
    touched += one > 0 ? 1 : 0;
    auto of_expert = static_cast<std::int64_t>(up(one * (1 / tile_sides[0])));
    for (auto& count : tiles) {
      count += of_expert;
      of_expert = (of_expert + 1) / 2;  // each side is twice the one before
    }
  }
  BySide row_tiles{};
  for (std::size_t i = 0; i < row_tiles.size(); ++i) row_tiles[i] = static_cast<double>(tiles[i]);
  Cost cost{.flop = 2 * tokens * p.n * p.k};
  if (cost.flop <= 0) return cost;
  cost.bytes =
      bytes(p.format) * tokens * (p.k + p.n) + touched * weight_bytes(p.weights, p.sparsity) * p.k * p.n;
  return product_cost(d, cost, {p.format, p.weights, p.sparsity}, p.n, p.k, row_tiles);
}

double touched_experts(double experts, double active, double tokens) {
  return experts * (1 - std::pow(1 - active / experts, tokens));
}

}  // namespace marquetry::operators
