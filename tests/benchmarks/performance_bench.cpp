// Passes, requests and training steps of one model: what a search over splits and compositions asks for each
// choice.
#include <benchmark/benchmark.h>

#include "performance/passes.h"

using namespace marquetry;

namespace {

constexpr WorkloadKind kinds[] = {WorkloadKind::decode, WorkloadKind::serve, WorkloadKind::train};

Workload<double> workload(std::int64_t kind) {
  auto w = test::small_model(kinds[kind], 16, 1000);
  w.output = 100;
  return w;
}

template <class Real>
void whole_workload(benchmark::State& state) {
  const auto w = test::lifted<Real>(workload(state.range(0)), [](auto&) {});
  const auto m = test::lifted<Real>(test::passes_machine());
  const auto e = test::lifted<Real>(test::passes_efficiency());
  for (auto _ : state) benchmark::DoNotOptimize(performance::roofline(w, m, e));
}
BENCHMARK_TEMPLATE(whole_workload, double)->DenseRange(0, 2);
BENCHMARK_TEMPLATE(whole_workload, Interval)->DenseRange(0, 2);

// With what it asks for already known: one split after another.
void one_split(benchmark::State& state) {
  const auto w = workload(0);
  const auto d = performance::demand(w);
  const auto m = test::passes_machine();
  const auto e = test::passes_efficiency();
  const auto mapping = performance::placed(2.0, 2.0, 2.0, 4.0);
  for (auto _ : state)
    benchmark::DoNotOptimize(performance::pass_time(d, m.peaks[test::format_in_use], m, e, mapping));
}
BENCHMARK(one_split);

}  // namespace
