// Carbon of a system of typed blocks. The peer takes 4.7 to 5.8 ms for this one.
#include <benchmark/benchmark.h>

#include "footprint/evaluate.h"

namespace {

using namespace marquetry;
using namespace marquetry::unit;

// NVIDIA GA102 as ECO-CHIP has it (testcases/GA102).
footprint::Footprint ga102(footprint::PackageType package) {
  using footprint::BlockType;
  footprint::Footprint f{.name = "ga102", .package = package};
  f.blocks = {{"gpu", BlockType::logic, 425.01 * mm2, footprint::find_node(7), "gpu"},
              {"analog", BlockType::analog, 92.03 * mm2, footprint::find_node(10), "analog"},
              {"memory", BlockType::sram, 58.78 * mm2, footprint::find_node(14), "memory"}};
  f.design = {225 * W, 100, 1e5, 8, 10 * W, 700 * gCO2 / kWh};
  f.use.lifetime = 17520 * h;
  f.packaging = {footprint::find_node(65), 6, 5, 8, 0.025 * mm, 0.005 * mm, 10 * mm};
  return f;
}

void evaluate(benchmark::State& state, const Quirks& quirks) {
  const auto f = ga102(static_cast<footprint::PackageType>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(footprint::evaluate(f, quirks));
}
void footprint_default(benchmark::State& state) { evaluate(state, {}); }
void footprint_ecochip(benchmark::State& state) { evaluate(state, find_preset("ecochip-2024")->quirks()); }

BENCHMARK(footprint_default)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);
BENCHMARK(footprint_ecochip)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

}  // namespace
