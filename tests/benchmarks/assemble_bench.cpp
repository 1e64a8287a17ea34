// The package of 61 dies in a HexaMesh: made of its layout, and held against every rule.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <filesystem>

#include "assemble/assemble.h"
#include "assembly/check.h"
#include "support/folder.h"

namespace {

using namespace marquetry;

struct Placed {
  Library library{};
  Design design{};
  Prepared prepared{};
  Choice choice{};
  System<double> system{};
  refine::Refined refined{};

  Placed() {
    Diagnostics diagnostics;
    const auto root = test::source_folder();
    library = load_library({root / "libraries"}, diagnostics).value();
    design = load_design(root / "tests/benchmarks/hexamesh-61.toml", library, diagnostics).value();
    prepared = prepare(library, design, diagnostics).value();
    system = compose(prepared, choice);
    const auto analytic = evaluate(system, prepared.models);
    refined = refine::refine(prepared, choice, system, analytic, {.steps = 20'000}, diagnostics).value();
  }
  assembly::Assembly package() const {
    Diagnostics diagnostics;
    return assemble::assembly_of(prepared, choice, system, refined.package, refined.layout, diagnostics)
        .value()
        .package;
  }
};

const Placed& placed() {
  static const Placed made;
  return made;
}

void count(benchmark::State& state) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1e3;  // of the process so far
}

void assemble_hexamesh(benchmark::State& state) {
  placed();
  for (auto _ : state) benchmark::DoNotOptimize(placed().package());
  count(state);
}

void check_hexamesh(benchmark::State& state) {
  const auto package = placed().package();
  for (auto _ : state) benchmark::DoNotOptimize(assembly::check(package).size());
  count(state);
}

BENCHMARK(assemble_hexamesh)->Unit(benchmark::kMillisecond);
BENCHMARK(check_hexamesh)->Unit(benchmark::kMillisecond);

}  // namespace
