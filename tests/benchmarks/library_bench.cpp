// Loading the project's own library: the largest part of the start of a command that needs it.
#include <benchmark/benchmark.h>

#include "session/session.h"

namespace {

void load(benchmark::State& state) {
  for (auto _ : state) {
    marquetry::Diagnostics diagnostics;
    auto library = marquetry::load_library({marquetry::own_library_folder()}, diagnostics);
    benchmark::DoNotOptimize(library);
  }
}

}  // namespace

BENCHMARK(load)->Unit(benchmark::kMillisecond);
