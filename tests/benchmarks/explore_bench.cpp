// The analytic rung: in the explorer's loop, and one system at a time.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "explore/explore.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

struct Input {
  Library library;
  Design design;
};

// The project's own files; a benchmark without them is worth nothing.
const Input& accelerator() {
  static const Input input = [] {
    Diagnostics diagnostics;
    const auto root = test::source_folder();
    auto library = load_library({root / "libraries"}, diagnostics);
    if (!library) std::abort();
    auto design = load_design(root / "designs/accelerator.toml", *library, diagnostics);
    if (!design) std::abort();
    return Input{std::move(*library), std::move(*design)};
  }();
  return input;
}

Prepared prepared() {
  Diagnostics diagnostics;
  return *prepare(accelerator().library, accelerator().design, diagnostics);
}

// Complete evaluations a second inside a search: figures of all models, limits, rules, archive.
void explorer_loop(benchmark::State& state) {
  const auto ready = prepared();
  const auto reference = explore::reference_of(ready);
  const explore::Measures measures{ready, reference};
  std::uint64_t evaluated = 0;
  for (auto _ : state) {
    evaluated += explore::search(ready, measures, {.threads = static_cast<int>(state.range(0))}).evaluated;
  }
  state.counters["evaluations/s"] =
      benchmark::Counter(static_cast<double>(evaluated), benchmark::Counter::kIsRate);
}
BENCHMARK(explorer_loop)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

// One choice after another: compose, evaluate everything. Nothing is kept but placements of dies on wafers.
void uncached_evaluation(benchmark::State& state) {
  auto ready = prepared();
  wafer::Workspace workspace;
  ready.models.workspace = &workspace;
  const auto size = static_cast<std::uint64_t>(space_size(*ready.design));
  std::uint64_t index = 0;
  for (auto _ : state) {
    const auto system = compose(ready, choice_at(*ready.design, index));
    benchmark::DoNotOptimize(evaluate(system, ready.models));
    index = (index + 7919) % size;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(uncached_evaluation);

// The same without: every die is placed anew.
void placing_evaluation(benchmark::State& state) {
  const auto ready = prepared();
  const auto size = static_cast<std::uint64_t>(space_size(*ready.design));
  std::uint64_t index = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(evaluate(compose(ready, choice_at(*ready.design, index)), ready.models));
    index = (index + 7919) % size;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(placing_evaluation);

// Bounds over half of every domain.
void interval_evaluation(benchmark::State& state) {
  Diagnostics diagnostics;
  auto ready = prepared();
  wafer::Workspace workspace;
  ready.models.workspace = &workspace;
  const auto plan = *make_plan(accelerator().library, accelerator().design, Lifting<Interval>{}, diagnostics);
  auto partial = all_choices(ready.design->variables);
  for (auto& range : partial) range.last /= 2;
  for (auto _ : state) {
    const auto system = compose(plan, std::span<const Range>{partial});
    benchmark::DoNotOptimize(evaluate(system, ready.models));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(interval_evaluation);

void whole_exploration(benchmark::State& state) {
  const auto ready = prepared();
  Diagnostics diagnostics;
  for (auto _ : state) benchmark::DoNotOptimize(explore::explore(ready, {.threads = 2}, diagnostics));
  state.counters["choices/s"] =
      benchmark::Counter(space_size(*ready.design), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(whole_exploration)->Unit(benchmark::kMillisecond)->UseRealTime();

void design_made_ready(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(prepared());
}
BENCHMARK(design_made_ready)->Unit(benchmark::kMicrosecond);

}  // namespace
