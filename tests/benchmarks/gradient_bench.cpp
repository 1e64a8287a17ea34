// What derivatives cost: evaluate over duals with 64 inputs against evaluate over doubles, on the same
// system.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "chance/subject.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

struct Example {
  Library library;
  Design design;
};

Example example(const std::filesystem::path& file) {
  Diagnostics diagnostics;
  const auto root = test::source_folder();
  auto library = load_library({root / "libraries"}, diagnostics);
  if (!library) std::abort();
  auto design = load_design(root / file, *library, diagnostics);
  if (!design) std::abort();
  return {std::move(*library), std::move(*design)};
}

constexpr std::array<const char*, 2> files{"designs/h200.toml", "designs/accelerator.toml"};

struct Ready {
  Diagnostics diagnostics{};
  Example of;
  Prepared prepared;
  chance::Subject subject;

  explicit Ready(std::int64_t file)
      : of{example(files[static_cast<std::size_t>(file)])},
        prepared{*prepare(of.library, of.design, diagnostics)},
        subject{chance::subject_of(prepared, Choice(of.design.variables.size(), 0))} {}
  Ready(const Ready&) = delete;

  // The first 64 inputs have slopes.
  std::vector<Dual> seeded() const {
    std::vector<Dual> values;
    for (const auto& input : subject.inputs.inputs) {
      const std::size_t i = values.size();
      values.push_back(i < Dual::most_inputs ? Dual::input(input.typ, i) : Dual{input.typ});
    }
    return values;
  }
};

// Every figure.
void value(benchmark::State& state) {
  const Ready ready{state.range(0)};
  chance::Trial<double> trial{ready.subject};
  const auto values = chance::typical_values(ready.subject.inputs);
  for (auto _ : state) benchmark::DoNotOptimize(trial(values).cost.unit);
}
BENCHMARK(value)->Arg(0)->Arg(1);

// Slopes of area, yield and cost.
void gradient_of_cost(benchmark::State& state) {
  const Ready ready{state.range(0)};
  chance::Trial<Dual> trial{ready.subject};
  const auto values = ready.seeded();
  for (auto _ : state) benchmark::DoNotOptimize(trial.costs(values).cost.unit);
  state.counters["inputs"] = static_cast<double>(values.size());
}
BENCHMARK(gradient_of_cost)->Arg(0)->Arg(1);

// Slopes of every figure.
void gradient_of_all(benchmark::State& state) {
  const Ready ready{state.range(0)};
  chance::Trial<Dual> trial{ready.subject};
  const auto values = ready.seeded();
  for (auto _ : state) benchmark::DoNotOptimize(trial(values).cost.unit);
}
BENCHMARK(gradient_of_all)->Arg(0)->Arg(1);

}  // namespace
