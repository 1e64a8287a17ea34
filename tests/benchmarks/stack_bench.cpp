// Complete evaluations of a tree of chips: sixteen chiplets on an interposer, with links, pads, wafers,
// tests, assembly and NRE. An input changes each time.
#include <benchmark/benchmark.h>

#include "stack/evaluate.h"
#include "stack/lift.h"
#include "stack/misprints.h"
#include "support/grid_stack.h"

namespace {

using namespace marquetry;

const Quirks peer = find_preset("catch-2025")->quirks();

void run(benchmark::State& state, const Quirks& quirks, double area_step) {
  auto s = stack::corrected(test::grid_stack(4), quirks);
  stack::Workspace<> workspace;
  double change = 0;
  for (auto _ : state) {
    change += 1;
    s.layers[1].defects = 0.001 + 1e-9 * change;
    for (std::size_t i = 1; area_step > 0 && i < s.chips.size(); ++i)
      s.chips[i].core_area = 50 + area_step * change;
    benchmark::DoNotOptimize(stack::evaluate(s, quirks, workspace).unit);
  }
  state.SetItemsProcessed(state.iterations());
}

void stack_grid16(benchmark::State& state) { run(state, {}, 0); }
void stack_grid16_catch(benchmark::State& state) { run(state, peer, 0); }
// Every die has a new size each time: nothing is known of its wafer.
void stack_grid16_uncached(benchmark::State& state) { run(state, {}, 1e-6); }
void stack_grid16_catch_uncached(benchmark::State& state) { run(state, peer, 1e-6); }

// The cost and its slopes to as many numbers.
void stack_grid16_slopes(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::function<Dual(std::size_t, double)> lift = [&](std::size_t n, double v) {
    return n < count ? Dual::input(v, n, count) : Dual{v};
  };
  auto s = stack::lifted<Dual>(stack::corrected(test::grid_stack(4), {}), lift);
  stack::Workspace<Dual> workspace;
  for (auto _ : state) benchmark::DoNotOptimize(stack::evaluate(s, {}, workspace).unit);
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(stack_grid16)->Unit(benchmark::kMicrosecond);
BENCHMARK(stack_grid16_catch)->Unit(benchmark::kMicrosecond);
BENCHMARK(stack_grid16_uncached)->Unit(benchmark::kMicrosecond);
BENCHMARK(stack_grid16_catch_uncached)->Unit(benchmark::kMicrosecond);
BENCHMARK(stack_grid16_slopes)->Arg(1)->Arg(8)->Arg(64)->Unit(benchmark::kMicrosecond);
