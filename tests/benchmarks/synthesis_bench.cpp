// Links for 16 dies on a grid, each with the edge that a mesh takes there: the search from start to end, one
// look at a choice of links, the bound, and all failures of a mesh of 64.
#include <benchmark/benchmark.h>

#include "synthesis/resilience.h"
#include "synthesis/synthesise.h"

using namespace marquetry;
using namespace marquetry::synthesis;

namespace {

Problem dies_on_grid(std::uint32_t side, double reach, double width) {
  Problem p;
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x)
      p.dies.push_back({.place = {static_cast<double>(x), static_cast<double>(y)}});
  }
  p.candidates = candidates(p.dies, {.reach = reach, .beachfront = 0.5, .width = width});
  const auto n = p.dies.size();
  p.traffic.assign(n * n, 1 / static_cast<double>(n - 1));
  for (std::size_t d = 0; d < n; ++d) p.traffic[d * n + d] = 0;
  for (std::size_t d = 0; d < n; ++d) p.dies[d].beachfront = 0;
  for (const auto& c : p.candidates) {
    if (c.length > 1) continue;
    p.dies[c.a].beachfront += c.beachfront;
    p.dies[c.b].beachfront += c.beachfront;
  }
  return p;
}

Links mesh(const Problem& problem) {
  Links out;
  for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
    if (problem.candidates[i].length <= 1) out.push_back(i);
  }
  return out;
}

void synthesis_whole(benchmark::State& state) {
  auto problem = dies_on_grid(static_cast<std::uint32_t>(state.range(0)), 3, 0.4);
  problem.goal = static_cast<Goal>(state.range(1));
  if (problem.goal == Goal::cost) problem.needs.throughput = 0.5;
  double found = 0, bound = 0;
  std::uint64_t seed = 1, steps = 0;
  for (auto _ : state) {
    const auto result = synthesise(problem, {.seconds = 120, .seed = seed++, .exact_size = 0});
    found += value(problem.goal, result.figures);
    bound = result.bound;
    steps += result.steps;
  }
  state.counters["found"] = found / static_cast<double>(state.iterations());
  state.counters["bound"] = bound;
  state.counters["mesh"] = value(problem.goal, measure(problem, mesh(problem)));
  state.counters["steps"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(synthesis_whole)
    ->ArgsProduct({{4}, {0, 1, 2, 3}})
    ->Args({8, 0})
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

void synthesis_look(benchmark::State& state) {
  const auto problem = dies_on_grid(static_cast<std::uint32_t>(state.range(0)), 3, 0.4);
  Estimator estimator{problem};
  std::vector<char> built(problem.candidates.size());
  for (const auto l : mesh(problem)) built[l] = 1;
  for (auto _ : state) benchmark::DoNotOptimize(estimator.estimate(built, 6).load);
}
BENCHMARK(synthesis_look)->Arg(4)->Arg(8)->Unit(benchmark::kMicrosecond);

void synthesis_bound(benchmark::State& state) {
  auto problem = dies_on_grid(static_cast<std::uint32_t>(state.range(0)), 3, 0.4);
  problem.goal = Goal::throughput;
  for (auto _ : state) benchmark::DoNotOptimize(bound(problem, {.seconds = 60}).value);
}
BENCHMARK(synthesis_bound)->Arg(4)->Arg(8)->Unit(benchmark::kMillisecond);

// All links and dies, one after another; with 1 also routed anew and certified.
void all_failures(benchmark::State& state) {
  const auto problem = dies_on_grid(static_cast<std::uint32_t>(state.range(0)), 3, 1);
  const auto network = graph(problem, mesh(problem));
  ResilienceOptions options;
  if (state.range(1) == 0) options.routing.clear();
  for (auto _ : state)
    benchmark::DoNotOptimize(resilience(network, problem.traffic, {}, options).of_links.worst);
}
BENCHMARK(all_failures)->ArgsProduct({{4, 8}, {0, 1}})->Unit(benchmark::kMillisecond);

}  // namespace
