#include "operators/matmul.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::operators {
namespace {

constexpr std::array<double, 5> tile_sides{16, 32, 64, 128, 256};

struct OnChip {
  double cycles{};  // the longer of the two
  double compute{}, cache{};
};

// Output tiles are dealt to the cores in waves. A core's arrays share the parts of a tile; each part streams
// k through an array, and fills and drains it once a tile. The operands of every tile come from the cache.
OnChip tiled(const Device& d, const Matmul& p, double macs, double tile_m, double tile_n) {
  const double tiles = p.batch * std::ceil(p.m / tile_m) * std::ceil(p.n / tile_n);
  const double waves = std::ceil(tiles / d.cores);
  const double parts = std::ceil(std::ceil(tile_m / d.rows) * std::ceil(tile_n / d.columns) / d.arrays);
  const double fill = 2 * (d.rows + d.columns - 2);
  const double compute = waves * (parts * p.k / macs + fill);
  const double cache = tiles * (tile_m + tile_n) * p.k * bytes(p.format) / d.cache_rate;
  return {std::max(compute, cache), compute, cache};
}

OnChip best_tiled(const Device& d, const Matmul& p, double macs) {
  OnChip best{.cycles = std::numeric_limits<double>::infinity()};
  for (const double tile_m : tile_sides) {
    for (const double tile_n : tile_sides) {
      const auto candidate = tiled(d, p, macs, tile_m, tile_n);
      if (candidate.cycles < best.cycles) best = candidate;
    }
  }
  return best;
}

}  // namespace

Cost matmul(const Device& d, const Matmul& p) {
  Cost cost;
  cost.flop = 2 * p.batch * p.m * p.n * p.k;
  if (cost.flop <= 0) return cost;
  const double kept = p.sparsity == Sparsity::dense ? 1 : 0.5;
  const auto computed = computed_in(p.format, d.macs);
  cost.overhead = d.of(Class::matmul).launch;
  cost.bytes =
      p.batch * (bytes(p.format) * (p.m * p.k + p.m * p.n) + weight_bytes(p.weights, p.sparsity) * p.k * p.n);
  cost.memory = cost.bytes / (d.memory_rate * d.of(Class::matmul).memory);
  if (!computed) {
    cost.compute = cost.total = std::numeric_limits<double>::infinity();
    return cost;
  }
  const double speedup = kept < 1 ? d.sparse_speedup : 1;
  const auto chip = best_tiled(d, p, d.macs[index(*computed)] * speedup);
  const double second = 1 / (d.clock * d.of(Class::matmul).compute);
  cost.compute = chip.compute * second;
  cost.cache = chip.cache * second;
  cost.total = cost.overhead + std::max({cost.compute, cost.cache, cost.memory});
  cost.bound = largest_part(cost);
  return cost;
}

double systolic_cycles(double m, double n, double k, double rows, double columns) {
  return std::ceil(m / rows) * std::ceil(n / columns) * (k + rows + columns - 2) - 1;
}

Cost grouped_matmul(const Device& d, const GroupedMatmul& p) {
  Cost sum;
  for (const double tokens : p.tokens) {
    const auto one = matmul(
        d,
        {.m = tokens, .n = p.n, .k = p.k, .format = p.format, .weights = p.weights, .sparsity = p.sparsity});
    sum.compute += one.compute;
    sum.memory += one.memory;
    sum.cache += one.cache;
    sum.flop += one.flop;
    sum.bytes += one.bytes;
  }
  if (sum.flop <= 0) return sum;
  sum.overhead = d.of(Class::matmul).launch;
  sum.total = sum.overhead + std::max({sum.compute, sum.cache, sum.memory});
  sum.bound = largest_part(sum);
  return sum;
}

double touched_experts(double experts, double active, double tokens) {
  return experts * (1 - std::pow(1 - active / experts, tokens));
}

}  // namespace marquetry::operators
