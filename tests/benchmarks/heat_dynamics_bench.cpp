// Leakage, steps in time and gradients on a 2.5D package: 64 x 64 cells, 8 layers (6 and spreader and sink),
// package nodes, 755 W in six dies that stand on an interposer in mould.
#include <benchmark/benchmark.h>

#include "conduction/field.h"
#include "thermal/adjoint.h"
#include "thermal/heat.h"
#include "thermal/runaway.h"
#include "thermal/stepper.h"
#include "thermal/transient.h"

namespace marquetry {
namespace {

using conduction::Field;

thermal::Material isotropic(const char* name, double k, double capacity) {
  return {name, k, k, k, capacity, 0};
}

thermal::Stack package(bool leaks) {
  const auto silicon = isotropic("silicon", 130, 1.63e6), organic = isotropic("organic", 0.5, 2e6),
             copper = isotropic("copper", 400, 3.55e6), paste = isotropic("paste", 4, 4e6);
  const thermal::Material bumps{"bumps", 1.6, 1.6, 8, 2.5e6, 0};
  thermal::Stack stack{.name = "six dies", .width = 0.05, .height = 0.05, .ambient = 318.15};
  stack.layers = {{.name = "substrate", .thickness = 2e-4, .material = organic},
                  {.name = "C4", .thickness = 7e-5, .material = bumps},
                  {.name = "interposer", .thickness = 1.1e-4, .material = silicon},
                  {.name = "microbumps", .thickness = 1e-5, .material = organic},
                  {.name = "dies", .thickness = 1.5e-4, .material = organic, .heats = true},
                  {.name = "paste", .thickness = 2e-5, .material = paste}};
  const double places[6][5] = {{25.3, 10.2, 12, 12, 105},   {10.4, 38.4, 18.2, 15, 250},
                               {39.7, 38.1, 18.2, 15, 250}, {8.3, 11.6, 7.7, 11.9, 50},
                               {39.9, 11.6, 7.7, 11.9, 50}, {25, 26, 8, 8, 50}};
  for (const auto& [x, y, w, h, power] : places) {
    thermal::Block block{.name = "die",
                         .x = 1e-3 * (x - w / 2),
                         .y = 1e-3 * (y - h / 2),
                         .width = 1e-3 * w,
                         .height = 1e-3 * h,
                         .material = bumps};
    stack.layers[3].blocks.push_back(block);
    block.material = silicon;
    block.power = leaks ? 0.8 * power : power;
    if (leaks) block.leakage = {0.2 * power, 0.014, 358.15};
    stack.layers[4].blocks.push_back(block);
  }
  stack.package = thermal::Spreading{
      .spreader = {0.1, 0.001, copper}, .sink = {0.2, 0.0069, copper}, .convection = 0.03, .capacity = 140.4};
  return stack;
}

constexpr thermal::Settings settings{};

// What the others are measured by: from the stack to 1e-3 K, not proved.
void heat_steady(benchmark::State& state) {
  const auto stack = package(false);
  for (auto _ : state)
    benchmark::DoNotOptimize(thermal::steady(stack, settings, {.tolerance = 1e-3, .certify = false}));
}
BENCHMARK(heat_steady)->Unit(benchmark::kMillisecond);

// One step of TR-BDF2 while the dies warm up, with its error to 1e-3 K; length in microseconds.
void heat_step(benchmark::State& state) {
  const auto stack = package(false);
  const auto assembled = assemble(stack, settings);
  const auto power = sources(stack, assembled);
  const double length = 1e-6 * static_cast<double>(state.range(0));
  thermal::Stepper stepper{assembled.grid, assembled.capacity, {}, 5e-5};
  Field rise = conduction::zeros(assembled.grid);
  for (auto _ : state) benchmark::DoNotOptimize(stepper.tr_bdf2(rise, power, length));
}
BENCHMARK(heat_step)->Arg(1'000)->Arg(30'000)->Arg(1'000'000)->ArgName("us")->Unit(benchmark::kMillisecond);

// Twelve intervals of 2 s, two powers, each step within 1e-3 K.
void heat_trace(benchmark::State& state) {
  const auto stack = package(false);
  thermal::Trace trace{.interval = 2};
  for (std::size_t i = 0; i < 12; ++i) {
    trace.powers.emplace_back();
    for (const auto& layer : stack.layers)
      for (const auto& block : layer.blocks) trace.powers.back().push_back((i < 8 ? 1 : 0.3) * block.power);
  }
  thermal::Transient out;
  for (auto _ : state) out = thermal::transient(stack, settings, trace);
  state.counters["steps"] = static_cast<double>(out.steps);
  state.counters["solves"] = static_cast<double>(out.solves);
  state.counters["matrices"] = static_cast<double>(out.matrices);
}
BENCHMARK(heat_trace)->Unit(benchmark::kMillisecond)->Iterations(1);

// From the ready grid to the state of rest, proved to 1e-6 K.
void heat_leakage(benchmark::State& state) {
  const auto stack = package(true);
  const auto assembled = assemble(stack, settings);
  const auto power = sources(stack, assembled);
  const auto leaks = thermal::leaks(stack, assembled);
  thermal::Rest rest;
  for (auto _ : state) {
    conduction::Solver solver{assembled.grid};
    Field rise;
    rest = thermal::settle(assembled.grid, solver, power, leaks, rise, {.tolerance = 1e-6});
  }
  state.counters["rounds"] = rest.rounds;
  state.counters["solves"] = rest.solves;
  state.counters["bound_K"] = rest.bound;
  if (rest.fate != thermal::Fate::stable || !rest.proved) state.SkipWithError("not proved");
}
BENCHMARK(heat_leakage)->Unit(benchmark::kMillisecond);

// Margins in power, leakage and ambient, each within a thousandth.
void heat_runaway(benchmark::State& state) {
  const auto stack = package(true);
  const auto assembled = assemble(stack, settings);
  const auto power = sources(stack, assembled);
  const auto leaks = thermal::leaks(stack, assembled);
  thermal::Runaway out;
  for (auto _ : state) out = thermal::distance_to_runaway(assembled.grid, power, leaks);
  state.counters["solves"] = out.solves;
  state.counters["gain"] = out.loop.gain;
  state.counters["watts"] = out.watts;
  if (!out.power.found || !out.leakage.found || !out.ambient.found) state.SkipWithError("not found");
}
BENCHMARK(heat_runaway)->Unit(benchmark::kMillisecond)->Iterations(1);

// All slopes of the peak, at rest.
void heat_gradient(benchmark::State& state) {
  const auto stack = package(false);
  const auto heat = thermal::steady(stack, settings, {.certify = false});
  thermal::Gradient out;
  for (auto _ : state) out = thermal::gradient(stack, settings, heat.rise);
  state.counters["solves"] = out.solves;
}
BENCHMARK(heat_gradient)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marquetry
