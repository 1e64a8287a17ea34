// Figures of graphs: bisections by flows, exactly and between bounds; what a design with an open number of
// dies asks for.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "topology/design.h"
#include "topology/figures.h"

using namespace marquetry;

namespace {

void figures_of(benchmark::State& state, const char* name, topology::Size size) {
  std::string why;
  const auto graph = topology::find_generator(name)->build(size, why);
  if (!graph) throw std::runtime_error{std::string{name} + ": " + why};
  topology::Bisection found;
  for (auto _ : state) found = topology::figures(*graph)->bisection;
  state.counters["low"] = found.low;
  state.counters["high"] = found.high;
}
BENCHMARK_CAPTURE(figures_of, mesh_8x8, "mesh", {.rows = 8, .columns = 8})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, hexa_mesh_61, "hexa-mesh", {.routers = 61})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, torus_7x9, "torus", {.rows = 7, .columns = 9})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, torus_8x8, "torus", {.rows = 8, .columns = 8})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, hypercube_64, "hypercube", {.n = 6})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, kite_large_8x8, "kite-large", {.rows = 8, .columns = 8})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, hex_torus_61, "hex-torus", {.routers = 61})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, fat_tree_4_3, "fat-tree", {.k = 4, .n = 3})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(figures_of, mesh_16x16, "mesh", {.rows = 16, .columns = 16})->Unit(benchmark::kMillisecond);

// Every number of dies that a design may have.
void all_counts(benchmark::State& state, const char* name) {
  const auto& row = *topology::find_generator(name);
  for (auto _ : state) {
    for (std::size_t dies = 1; dies <= topology::most_dies; ++dies)
      benchmark::DoNotOptimize(topology::figures_by_dies(row, dies));
  }
}
BENCHMARK_CAPTURE(all_counts, mesh, "mesh")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_counts, all, "all")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_counts, torus, "torus")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_counts, kite_large, "kite-large")->Unit(benchmark::kMillisecond);

}  // namespace
