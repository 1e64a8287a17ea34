// Moves a second of the flat floorplanner: one chain, hot to cold, blocks and nets drawn at random in the
// measure of MCNC's ami33 (33 blocks, 123 nets, 4 pins and a third of a terminal each).
#include <benchmark/benchmark.h>

#include <cmath>

#include "floorplan/flat.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

Problem drawn(std::size_t blocks, std::size_t nets) {
  Rng rng{1};
  const auto between = [&](int least, int most) {
    return least + static_cast<Nanometre>(rng.below(static_cast<std::uint64_t>(most - least + 1)));
  };
  Problem problem;
  double area = 0;
  for (std::size_t i = 0; i < blocks; ++i) {
    Block block;
    block.size = {between(50'000, 400'000), between(50'000, 400'000)};
    block.kind = i;
    area += geometry::area(block.size);
    problem.blocks.push_back(block);
  }
  const auto side = static_cast<Nanometre>(std::sqrt(1.1 * area));
  problem.outline = {side, side};
  for (std::size_t e = 0; e < nets; ++e) {
    Net net;
    for (int k = 0; k < 4; ++k) net.pins.push_back({static_cast<std::int32_t>(rng.below(blocks)), {}, true});
    if (e % 3 == 0) net.pins.push_back({-1, {between(0, 1) * side, between(0, 1) * side}, false});
    problem.nets.push_back(net);
  }
  return problem;
}

void floorplan_moves(benchmark::State& state) {
  const auto blocks = static_cast<std::size_t>(state.range(0));
  auto problem = drawn(blocks, static_cast<std::size_t>(state.range(1)));
  const bool has_wire = !problem.nets.empty();
  if (!has_wire) problem.objective = {0, 1}, problem.outline.reset();
  const Frame frame = floorplan::frame(problem);
  AnnealOptions options;
  options.budget = {.seconds = 600, .steps = 200'000};
  options.restarts = 1;
  options.packing = has_wire ? Packing::keep : Packing::compact;
  std::uint64_t moves = 0;
  for (auto _ : state) {
    moves += anneal(frame, Toll{problem, frame}, options).steps;
    ++options.seed;
  }
  state.counters["moves"] = benchmark::Counter(static_cast<double>(moves), benchmark::Counter::kIsRate);
}
BENCHMARK(floorplan_moves)->Args({33, 123})->Args({33, 0})->Args({100, 885})->Unit(benchmark::kMillisecond);

}  // namespace
