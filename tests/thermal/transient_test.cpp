// Steps in time: against exponentials, their own order, energy, superposition and the steady state.
#include "thermal/transient.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"
#include "conduction/field.h"
#include "thermal/heat.h"
#include "thermal/stepper.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;
using conduction::Field;

const Material silicon{"silicon", 130, 130, 130, 1.63e6, 0};

// One block on one cell: its own thickness and the transfer are all its resistance, 1 / g.
Stack one_cell() {
  return {.name = "one",
          .width = 0.01,
          .height = 0.01,
          .layers = {{.name = "die",
                      .thickness = 0.0005,
                      .material = silicon,
                      .heats = true,
                      .blocks = {{.name = "core", .width = 0.01, .height = 0.01, .power = 20}}}},
          .top_transfer = 2000,
          .ambient = 300};
}
constexpr double cell_resistance = 0.0005 / (2 * 130 * 1e-4) + 1 / (2000 * 1e-4);  // K/W
constexpr double cell_capacity = 1.63e6 * 0.0005 * 1e-4;                           // J/K

// Two dies of two blocks on a carrier, under a spreader and sink.
Stack two_dies() {
  Stack stack{.name = "two", .width = 0.02, .height = 0.01, .ambient = 318.15};
  const Material organic{"organic", 0.5, 0.5, 0.5, 2e6, 0}, copper{"copper", 400, 400, 400, 3.55e6, 0};
  stack.layers = {{.name = "carrier", .thickness = 0.001, .material = organic},
                  {.name = "dies", .thickness = 0.0003, .material = organic, .heats = true, .contact = 2e-5}};
  for (const double x : {0.002, 0.011})
    for (const double y : {0.001, 0.005})
      stack.layers[1].blocks.push_back(
          {.name = "b", .x = x, .y = y, .width = 0.007, .height = 0.004, .power = 10, .material = silicon});
  stack.package = Spreading{
      .spreader = {0.03, 0.001, copper}, .sink = {0.06, 0.007, copper}, .convection = 0.3, .capacity = 140};
  return stack;
}

Trace constant(const Stack& stack, double interval, std::size_t count, double scale = 1) {
  Trace trace{.interval = interval, .powers = {{}}};
  for (const auto& layer : stack.layers)
    for (const auto& block : layer.blocks) trace.powers[0].push_back(scale * block.power);
  trace.powers.resize(count, trace.powers[0]);
  return trace;
}

double far_from_exponential(const March& march, std::size_t cells) {
  const auto stack = one_cell();
  const double tau = cell_resistance * cell_capacity;
  const auto out = transient(stack, {.columns = cells, .rows = cells}, constant(stack, tau / 2, 6), march);
  REQUIRE(out.arrival == Arrival::finished);
  double worst = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    const double exact = 300 + 20 * cell_resistance * -std::expm1(-out.times[i] / tau);
    worst = std::max(worst, std::abs(out.blocks[i][0].mean - exact));
  }
  return worst;
}

}  // namespace

TEST_CASE("transient: one resistance and capacity warm up along an exponential") {
  for (const std::size_t cells : {std::size_t{1}, std::size_t{4}}) {
    CHECK(far_from_exponential({.tolerance = 1e-5}, cells) < 2e-4);
    CHECK(far_from_exponential({.tolerance = 1e-3}, cells) < 2e-2);
  }
}

TEST_CASE("transient: the stated sum of step errors is an upper end of the error in time") {
  const auto stack = one_cell();
  const double tau = cell_resistance * cell_capacity;
  for (const double tolerance : {1e-2, 1e-3, 1e-4}) {
    const auto out =
        transient(stack, {.columns = 1, .rows = 1}, constant(stack, tau, 3), {.tolerance = tolerance});
    CHECK(out.step_error <= tolerance);
    CHECK(out.error_sum >= far_from_exponential({.tolerance = tolerance}, 1));
  }
}

TEST_CASE("transient: TR-BDF2 is of second order, backward Euler of the first") {
  const double tau = cell_resistance * cell_capacity;
  const auto error = [&](Integrator integrator, double parts) {
    return far_from_exponential({integrator, tau / parts, 1e-7}, 1);
  };
  for (const double parts : {8.0, 16.0, 32.0}) {
    CHECK(error(Integrator::tr_bdf2, parts) / error(Integrator::tr_bdf2, 2 * parts) ==
          Approx(4).epsilon(0.1));
    CHECK(error(Integrator::euler, parts) / error(Integrator::euler, 2 * parts) == Approx(2).epsilon(0.05));
  }
}

TEST_CASE("transient: after a long time it is steady") {
  const auto stack = two_dies();
  const Settings settings{.columns = 10, .rows = 8};
  const auto assembled = assemble(stack, settings);
  Field rise;
  conduction::Solver{assembled.grid}.solve(sources(stack, assembled), rise, {.tolerance = 1e-8});
  const auto out = transient(stack, settings, constant(stack, 500, 4), {.tolerance = 1e-3});
  REQUIRE(out.arrival == Arrival::finished);
  const auto steady = block_temperatures(stack, assembled, rise);
  for (std::size_t b = 0; b < steady.size(); ++b) {
    CHECK(out.blocks.back()[b].mean == Approx(steady[b].mean).epsilon(0).margin(2e-3));
    CHECK(out.block_peaks[b].temperature == Approx(steady[b].peak).epsilon(0).margin(3e-3));
  }
  // Few lengths of step, few matrices; steps grow as things calm down.
  CHECK(out.longest / out.shortest >= 64);
  CHECK(out.steps < 400);
}

TEST_CASE("transient: conductivities that fall with the temperature follow it") {
  auto stack = two_dies();
  for (auto& block : stack.layers[1].blocks) block.material->exponent = 1.3;
  stack.layers[0].material.exponent = 1;
  const Settings settings{.columns = 10, .rows = 8};
  const auto rest = steady(stack, settings, {.tolerance = 1e-6});
  const auto out = transient(stack, settings, constant(stack, 500, 4), {.tolerance = 1e-3});
  REQUIRE(out.arrival == Arrival::finished);
  for (std::size_t b = 0; b < rest.blocks.size(); ++b)
    CHECK(out.blocks.back()[b].mean == Approx(rest.blocks[b].mean).epsilon(0).margin(0.05));
  CHECK(out.stored + out.lost == Approx(out.supplied).epsilon(1e-6));
}

TEST_CASE("transient: what was supplied is stored or lost") {
  auto stack = two_dies();
  const auto balance = [&](const March& march) {
    auto trace = constant(stack, 0.5, 4);
    trace.powers[2] = {0, 30, 0, 5};
    const auto out = transient(stack, {.columns = 10, .rows = 8}, trace, march);
    REQUIRE(out.arrival == Arrival::finished);
    CHECK(out.stored + out.lost == Approx(out.supplied).epsilon(1e-6));
    return out.supplied;
  };
  const double supplied = 0.5 * (3 * 40 + 35);
  CHECK(balance({.tolerance = 1e-3}) == Approx(supplied).epsilon(1e-12));
  CHECK(balance({.integrator = Integrator::euler, .tolerance = 1e-3}) == Approx(supplied).epsilon(1e-12));
  for (auto& block : stack.layers[1].blocks) block.leakage = {2, 0.015, 318};
  CHECK(balance({.tolerance = 1e-3}) > supplied + 2 * 8 - 1);
  CHECK(balance({.integrator = Integrator::euler, .step = 0.1, .tolerance = 1e-3}) > supplied + 2 * 8 - 1);
}

TEST_CASE("transient: temperatures of powers that are added are added") {
  const auto stack = two_dies();
  const Settings settings{.columns = 10, .rows = 8};
  Trace a{0.3, {{10, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 0, 0}}},
      b{0.3, {{0, 0, 7, 0}, {0, 0, 0, 9}, {4, 4, 4, 4}}};
  Trace both = a;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 4; ++k) both.powers[i][k] += b.powers[i][k];
  const March fine{.tolerance = 1e-4};
  const auto x = transient(stack, settings, a, fine), y = transient(stack, settings, b, fine),
             sum = transient(stack, settings, both, fine);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 4; ++k)
      CHECK(sum.blocks[i][k].mean - stack.ambient ==
            Approx(x.blocks[i][k].mean + y.blocks[i][k].mean - 2 * stack.ambient).epsilon(0).margin(5e-3));
}

TEST_CASE("transient: peaks are kept and crossings of limits are told in time") {
  auto stack = one_cell();
  const double tau = cell_resistance * cell_capacity, plateau = 20 * cell_resistance;
  stack.layers[0].blocks[0].limit = 300 + plateau / 2;  // reached at tau ln 2
  auto trace = constant(stack, tau, 3);
  trace.powers[1] = trace.powers[2] = {0};
  const auto out = transient(stack, {.columns = 1, .rows = 1}, trace, {.tolerance = 1e-4});
  REQUIRE(out.crossings.size() == 1);
  CHECK(out.crossings[0].time == Approx(tau * std::log(2)).epsilon(0.01));
  CHECK(out.peak.time == Approx(tau));
  CHECK(out.peak.temperature == Approx(300 - plateau * std::expm1(-1)).epsilon(0).margin(1e-3));
  CHECK(out.block_peaks[0].temperature == Approx(out.peak.temperature));
}

TEST_CASE("transient: with leakage it comes to the state of rest, or runs away in time") {
  auto stack = one_cell();
  stack.layers[0].blocks[0].leakage = {0.8, 0.015, 300};
  const Settings settings{.columns = 2, .rows = 2};
  const auto rest = lumped_rest(cell_resistance, 20, stack.layers[0].blocks[0].leakage, 300);
  REQUIRE(rest.stable);
  const auto long_run = constant(stack, 40 * cell_resistance * cell_capacity, 1);
  for (const auto& march : {March{.tolerance = 1e-3}, March{Integrator::euler, 0, 1e-3}}) {
    const auto out = transient(stack, settings, long_run, march);
    REQUIRE(out.arrival == Arrival::finished);
    const double margin = march.integrator == Integrator::euler ? 6 : 2e-3;  // one step of Euler: 40 tau
    CHECK(out.blocks.back()[0].mean == Approx(rest.temperature).epsilon(0).margin(margin));
  }
  stack.layers[0].blocks[0].leakage.power = 5;
  REQUIRE_FALSE(lumped_rest(cell_resistance, 20, stack.layers[0].blocks[0].leakage, 300).stable);
  const auto out = transient(stack, settings, long_run, {.tolerance = 1e-2});
  CHECK(out.arrival == Arrival::runaway);
  CHECK(out.time > 0);
  CHECK(out.time < long_run.interval);
  CHECK(out.blocks.empty());
}

TEST_CASE("transient: a stop and a budget end it where it stands") {
  const auto stack = two_dies();
  const std::atomic<bool> stop{true};
  const auto stopped = transient(stack, {.columns = 4, .rows = 4}, constant(stack, 1, 3), {.stop = &stop});
  CHECK(stopped.arrival == Arrival::interrupted);
  CHECK(stopped.times.empty());
  const auto spent = transient(stack, {.columns = 4, .rows = 4}, constant(stack, 1, 3), {.most_steps = 5});
  CHECK(spent.arrival == Arrival::out_of_steps);
  CHECK(spent.steps + spent.rejected == 5);
}
