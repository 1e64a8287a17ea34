// Yield models beyond one formula: hybrid bonds in closed form and thrown, harvested dies.
#include <benchmark/benchmark.h>

#include "bonding/example_process.h"
#include "bonding/sampler.h"
#include "yield/harvest.h"

using namespace marquetry;
using namespace marquetry::unit;
using bonding::Flow;

namespace {

constexpr bonding::DieSize die{10 * mm, 10 * mm};

// YAP's base cases, and the same so far off that every part of the integral is needed.
void hybrid_bond(benchmark::State& state, Flow flow, Length<> off) {
  auto process = test::example_process(flow);
  process.alignment.x.mean = off;
  const auto pads = bonding::pad_array(die, test::example_layout(2 * um));
  for (auto _ : state) benchmark::DoNotOptimize(bonding::bond_yield(process, pads, die));
}
BENCHMARK_CAPTURE(hybrid_bond, die_to_wafer, Flow::die_to_wafer, 0 * um);
BENCHMARK_CAPTURE(hybrid_bond, die_to_wafer_off, Flow::die_to_wafer, 0.3 * um);
BENCHMARK_CAPTURE(hybrid_bond, wafer_to_wafer, Flow::wafer_to_wafer, 0 * um);
BENCHMARK_CAPTURE(hybrid_bond, wafer_to_wafer_off, Flow::wafer_to_wafer, 0.3 * um);

void bonds_thrown(benchmark::State& state, Flow flow) {
  auto process = test::example_process(flow);
  process.alignment.x.mean = 0.3 * um;
  const auto pads = bonding::pad_array(die, test::example_layout(2 * um));
  for (auto _ : state) benchmark::DoNotOptimize(bonding::sampled_bonds(process, pads, die, 10'000, Rng{1}));
}
BENCHMARK_CAPTURE(bonds_thrown, die_to_wafer, Flow::die_to_wafer)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bonds_thrown, wafer_to_wafer, Flow::wafer_to_wafer)->Unit(benchmark::kMillisecond);

void harvested_die(benchmark::State& state) {
  const yield::UnitDie gpu{0.15, 0.004, 144};
  for (auto _ : state) {
    benchmark::DoNotOptimize(yield::sellable(gpu, 132, {yield::Mixing::Kind::gamma, 3}));
  }
}
BENCHMARK(harvested_die);

}  // namespace
