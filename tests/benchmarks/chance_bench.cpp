// The spread: worlds a second, each drawn and evaluated in full.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "chance/sobol.h"
#include "chance/tornado.h"
#include "chance/uncertainty.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

// The project's own design; a benchmark without it is worth nothing.
struct Example {
  Diagnostics diagnostics{};
  Library library{};
  Design design{};
  Prepared prepared{};
  chance::Subject subject{};

  Example() {
    const auto root = test::source_folder();
    auto read = load_library({root / "libraries"}, diagnostics);
    if (!read) std::abort();
    library = std::move(*read);
    auto loaded = load_design(root / "designs/h200.toml", library, diagnostics);
    if (!loaded) std::abort();
    design = std::move(*loaded);
    prepared = *prepare(library, design, diagnostics);
    subject = chance::subject_of(prepared, Choice(design.variables.size(), 0));
  }
  Example(const Example&) = delete;
};

// One figure, statistics included.
void spread(benchmark::State& state) {
  Example e;
  const auto joint = *chance::joint_of(std::span{&e.subject, 1}, e.diagnostics);
  const std::vector<std::vector<FigureRef>> figures{{*find_figure("cost.unit_usd", e.design)}};
  constexpr std::size_t samples = 65536;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        chance::uncertainty(joint, std::span{&e.subject, 1}, figures,
                            {.samples = samples, .threads = static_cast<int>(state.range(0))}));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(samples));
  state.counters["inputs"] = static_cast<double>(joint.inputs.size());
}
BENCHMARK(spread)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

// Slopes to all inputs and the figure at both ends of each.
void tornado(benchmark::State& state) {
  Example e;
  const auto cost = *find_figure("cost.unit_usd", e.design);
  for (auto _ : state) benchmark::DoNotOptimize(chance::tornado(e.subject, cost));
}
BENCHMARK(tornado)->Unit(benchmark::kMicrosecond);

}  // namespace
