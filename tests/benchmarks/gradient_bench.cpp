// What derivatives cost: evaluate over duals with 64 inputs against evaluate over doubles, on the same
// system.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "evaluation/prepare.h"
#include "system/inputs.h"

using namespace marquetry;

namespace {

struct Example {
  Library library;
  Design design;
};

Example example(const std::filesystem::path& file) {
  Diagnostics diagnostics;
  const std::filesystem::path root{SOURCE_DIR};
  auto library = load_library({root / "libraries"}, diagnostics);
  if (!library) std::abort();
  auto design = load_design(root / file, *library, diagnostics);
  if (!design) std::abort();
  return {std::move(*library), std::move(*design)};
}

template <Number Real>
System<Real> system_of(const Example& e) {
  Diagnostics diagnostics;
  const Choice first(e.design.variables.size(), 0);
  return compose(*make_plan(e.library, e.design, Lifting<Real>{}, diagnostics),
                 std::span<const Range>{point(first)});
}

constexpr std::array<const char*, 2> files{"designs/h200.toml", "designs/accelerator.toml"};

void value(benchmark::State& state) {
  const auto e = example(files[static_cast<std::size_t>(state.range(0))]);
  const auto system = system_of<double>(e);
  wafer::Workspace workspace;
  const Models models{.workspace = &workspace};
  Evaluation<double> out = evaluate(system, models);
  for (auto _ : state) {
    for (std::size_t d = 0; d < system.dies.size(); ++d) put(out, d, die_figures(system, d, models));
    package_figures(system, models, out);
    benchmark::DoNotOptimize(out.cost.unit);
  }
}
BENCHMARK(value)->Arg(0)->Arg(1);

// The first 64 inputs of the system.
void gradient(benchmark::State& state) {
  const auto e = example(files[static_cast<std::size_t>(state.range(0))]);
  auto traced = system_of<Trace>(e);
  const auto inputs = inputs_of(traced);
  auto system = system_of<Dual>(e);
  std::vector<Dual> values;
  for (std::size_t i = 0; i < inputs.inputs.size(); ++i) {
    values.push_back(i < 64 ? Dual::input(inputs.inputs[i].typ, i) : Dual{inputs.inputs[i].typ});
  }
  const auto numbers = numbers_of(system);
  put_inputs<Dual>(inputs, values, numbers);
  wafer::Workspace workspace;
  const Models models{.workspace = &workspace};
  Evaluation<Dual> out = evaluate(system, models);
  for (auto _ : state) {
    for (std::size_t d = 0; d < system.dies.size(); ++d) put(out, d, die_figures(system, d, models));
    package_figures(system, models, out);
    benchmark::DoNotOptimize(out.cost.unit);
  }
  state.counters["inputs"] = static_cast<double>(inputs.inputs.size());
}
BENCHMARK(gradient)->Arg(0)->Arg(1);

}  // namespace
