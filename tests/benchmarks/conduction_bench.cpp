// Temperatures of a 2.5D package on a grid, each with a proved error of at most 5e-3 K: 8 layers, 755 W,
// materials that differ within the layers; with and without the parts of spreader and sink beyond the
// footprint.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>

#include "conduction/package.h"
#include "conduction/solver.h"

namespace marquetry {
namespace {

using conduction::Field;
using conduction::Outcome;
using conduction::Solver;

void figures(benchmark::State& state, const Outcome& outcome, const Field& rise,
             const test::Package& package) {
  Field exact;
  auto grid = package.grid;
  grid.right[0] *= 1 + 1e-11;  // never by cosine waves
  Solver{grid}.solve(package.source, exact, {.tolerance = 1e-9, .certify = false});
  double error = 0, peak = 0;
  for (std::size_t i = 0; i < exact.cells.size(); ++i) {
    error = std::max(error, std::abs(rise.cells[i] - exact.cells[i]));
    peak = std::max(peak, rise.cells[i]);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["iterations"] = outcome.iterations;
  state.counters["bound_K"] = outcome.bound;
  state.counters["error_K"] = error;
  state.counters["peak_K"] = peak;
  state.counters["MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  if (outcome.state != conduction::State::solved || !(outcome.bound <= 5e-3))
    state.SkipWithError("not within 5e-3 K");
}

// From the grid to the answer, with everything that is made ready.
void conduction_cold(benchmark::State& state) {
  const auto package =
      test::package(static_cast<std::size_t>(state.range(0)), test::eight_dies(), state.range(1) != 0);
  Outcome outcome;
  Field rise;
  for (auto _ : state) {
    rise = {};
    outcome = Solver{package.grid}.solve(package.source, rise);
  }
  figures(state, outcome, rise, package);
}
BENCHMARK(conduction_cold)
    ->ArgsProduct({{64, 128}, {0, 1}})
    ->ArgNames({"side", "hubs"})
    ->Unit(benchmark::kMillisecond);

// One die goes from left to right, a fifth of a millimetre at a time: its silicon and its heat.
void conduction_moved_die(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  auto dies = test::eight_dies();
  std::vector<test::Package> places;
  for (int i = 0; i < 8; ++i) {
    dies[3].x = 19 + static_cast<double>(state.range(1)) * 0.1 * i;
    dies[3].width = 12;
    places.push_back(test::package(side, dies, true));
  }
  Solver solver{places[0].grid};
  Field rise;
  Outcome outcome = solver.solve(places[0].source, rise);
  std::size_t at = 0;
  for (auto _ : state) {
    at = (at + 1) % places.size();
    solver.update(places[at].grid);
    outcome = solver.solve(places[at].source, rise);
  }
  figures(state, outcome, rise, places[at]);
}
BENCHMARK(conduction_moved_die)
    ->ArgsProduct({{64, 128}, {2}})
    ->ArgNames({"side", "tenths_mm"})
    ->Unit(benchmark::kMillisecond);

// All powers up by 2 %, and down again.
void conduction_more_power(benchmark::State& state) {
  auto package = test::package(static_cast<std::size_t>(state.range(0)), test::eight_dies(), true);
  Solver solver{package.grid};
  Field rise;
  Outcome outcome = solver.solve(package.source, rise);
  double factor = 1.02;
  for (auto _ : state) {
    for (double& w : package.source.cells) w *= factor;
    factor = 1 / factor;
    outcome = solver.solve(package.source, rise);
  }
  figures(state, outcome, rise, package);
}
BENCHMARK(conduction_more_power)->Arg(64)->Arg(128)->Unit(benchmark::kMillisecond);

// Every layer the same all over: no dies' outlines.
void conduction_uniform(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  auto package = test::package(side, {}, false);
  package.source = test::package(side, test::eight_dies(), false).source;
  Outcome outcome;
  Field rise;
  for (auto _ : state) {
    rise = {};
    outcome = Solver{package.grid}.solve(package.source, rise);
  }
  figures(state, outcome, rise, package);
}
BENCHMARK(conduction_uniform)->Arg(64)->Arg(128)->Unit(benchmark::kMillisecond);

// The same solver, other powers.
void conduction_uniform_ready(benchmark::State& state) {
  const auto side = static_cast<std::size_t>(state.range(0));
  auto package = test::package(side, {}, false);
  package.source = test::package(side, test::eight_dies(), false).source;
  Solver solver{package.grid};
  Outcome outcome;
  Field rise;
  for (auto _ : state) outcome = solver.solve(package.source, rise);
  figures(state, outcome, rise, package);
}
BENCHMARK(conduction_uniform_ready)->Arg(64)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marquetry
