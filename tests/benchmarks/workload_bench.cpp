// A layer of a transformer operator by operator, and the table of all products and workloads.
#include <benchmark/benchmark.h>

#include "session/commands/perform_input.h"
#include "support/folder.h"
#include "workload/models.h"

namespace {

using namespace marquetry;

void transformer_layer(benchmark::State& state) {
  const auto machine = test::round_machine();
  const bool is_fused = state.range(0) != 0;
  const auto graph =
      workload::transformer(test::gpt_3(),
                            {.phase = workload::Phase::decode,
                             .batch = 8,
                             .context = 3072,
                             .fusion = is_fused ? operators::Fusion::fused : operators::Fusion::unfused},
                            {.tensor = 4});
  for (auto _ : state) benchmark::DoNotOptimize(workload::layer_seconds(machine, graph.layers[1]));
}
BENCHMARK(transformer_layer)->Arg(0)->Arg(1);

void all_reduce(benchmark::State& state) {
  const auto machine = test::round_machine();
  double bytes = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(workload::exchange(machine, operators::Collective::all_reduce, 8, bytes));
    bytes += 1;
  }
}
BENCHMARK(all_reduce);

void performance_table(benchmark::State& state) {
  Session session;
  session.library_folders.emplace_back(test::source_folder().string() + "/libraries");
  Diagnostics diagnostics;
  const auto* library = library_of(session, diagnostics);
  Arguments arguments;
  arguments.add("precision", "fp16");
  arguments.add("batch", "32");
  arguments.add("context", "4096");
  const auto input = read_perform_input(session, arguments, *library, diagnostics);
  for (auto _ : state) benchmark::DoNotOptimize(table_of(*input));
  state.counters["cells"] = static_cast<double>(input->subjects.size() * input->workloads.size());
}
BENCHMARK(performance_table)->Unit(benchmark::kMicrosecond);

}  // namespace
