// Dies placed on a 300 mm wafer: rim of 3 mm, streets of 0.1 mm.
#include <benchmark/benchmark.h>

#include "wafer/shots.h"
#include "wafer/workspace.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

// Square dies of about this area. Sixteen sizes of which no two are equal, so that no lucky one is measured.
wafer::Site site(double area, int variant = 0) {
  const auto side = std::sqrt(area * (1 + 0.01 * variant)) * mm;
  return {side, side, 0.1 * mm, 147 * mm};
}

void dies_placed(benchmark::State& state) {
  int variant = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(wafer::place_dies(site(static_cast<double>(state.range(0)), variant)));
    variant = (variant + 1) % 16;
  }
}
BENCHMARK(dies_placed)
    ->Arg(50)
    ->Arg(100)
    ->Arg(200)
    ->Arg(400)
    ->Arg(800)
    ->Arg(1)
    ->Unit(benchmark::kMicrosecond);

void dies_known(benchmark::State& state) {
  wafer::Workspace workspace;
  int variant = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(wafer::place_dies(site(100, variant), workspace));
    variant = (variant + 1) % 16;
  }
}
BENCHMARK(dies_known);

void shots_mapped(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(wafer::shot_map(site(100), wafer::full_field));
}
BENCHMARK(shots_mapped)->Unit(benchmark::kMicrosecond);

}  // namespace
