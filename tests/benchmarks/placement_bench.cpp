// Placing: moves a second of the annealer in the transport metric (a packed plan, its slack pass, wires to
// clumps twice), and its parts.
#include <benchmark/benchmark.h>

#include "placement/random_system.h"
#include "placement/search.h"

namespace {

using namespace marquetry;

// In the metric of the clumps; items are moves.
void transport_moves(benchmark::State& state) {
  const auto problem = test::random_system(static_cast<std::size_t>(state.range(0)), Rng{1});
  const auto task = placement::task(problem, {});
  placement::Search how;
  how.budget = {.seconds = 60, .steps = 4096};
  how.restarts = 1;
  std::uint64_t moves = 0;
  for (auto _ : state) {
    const auto found = placement::search(task, how);
    benchmark::DoNotOptimize(found.candidates.data());
    moves += found.steps;
    ++how.seed;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(moves));
}
BENCHMARK(transport_moves)->Arg(6)->Arg(12)->Arg(24)->Unit(benchmark::kMillisecond);

// One exact slack pass of one coordinate, from a packed plan.
void slack_pass(benchmark::State& state) {
  const auto problem = test::random_system(static_cast<std::size_t>(state.range(0)), Rng{1});
  const auto task = placement::task(problem, {});
  Rng rng{2};
  const auto plan = floorplan::random_plan(task.frame, rng);
  placement::Stance stance;
  placement::find(problem, task.blocks, plan, stance);
  placement::Centres centres{problem, task.blocks};
  centres.score(plan, stance);
  std::vector<placement::Apart> aparts;
  placement::gather(task.frame, plan, placement::Axis::x, aparts);
  placement::Slack slack;
  for (auto _ : state) {
    auto x = plan.x;
    slack.settle(centres.pulls(placement::Axis::x), aparts, x);
    benchmark::DoNotOptimize(x.data());
  }
}
BENCHMARK(slack_pass)->Arg(6)->Arg(24)->Arg(64)->Unit(benchmark::kMicrosecond);

}  // namespace
