// The exact search for the best split: every split of a 70B model in whole numbers over the dies.
#include <benchmark/benchmark.h>

#include "performance/best_mapping.h"
#include "session/session.h"
#include "system/lift_rows.h"

namespace {

using namespace marquetry;
using namespace marquetry::unit;

void best_mapping(benchmark::State& state) {
  Diagnostics diagnostics;
  const auto library = load_library({own_library_folder()}, diagnostics);
  Workload<double> w{.id = "decode",
                     .kind = WorkloadKind::decode,
                     .model = parameters(*find(library->workloads, "llama-3-70b"), Lifting<double>{})};
  w.batch = 64;
  w.context = 4096;
  w.may_use[operators::index(Format::fp16)] = true;
  w.word = w.weight = w.cache_word = 16 * bit;
  w.packages = static_cast<double>(state.range(0)) / 8;
  performance::Machine<double> m;
  m.peaks.fill(1e15 * Hz);
  m.memory = 3 * TB / s;
  m.capacity = 80 * GB;
  m.dies = 8;
  m.between_dies = 450 * GB / s;
  m.step = 100 * ns;
  m.between_packages = 50 * GB / s;
  m.joins_packages = true;
  const auto habits = parameters(*find(library->efficiencies, "generic"), Lifting<double>{});
  std::size_t tried = 0;
  for (auto _ : state) {
    const auto best = performance::best_mapping(w, m, habits);
    tried = best->tried;
    benchmark::DoNotOptimize(best);
  }
  state.counters["splits"] = static_cast<double>(tried);
}

}  // namespace

BENCHMARK(best_mapping)->Arg(8)->Arg(64)->Arg(512)->Unit(benchmark::kMicrosecond);
