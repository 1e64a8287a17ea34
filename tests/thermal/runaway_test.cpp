// How far from running away: against the closed form of one resistance, and by going there.
#include "thermal/runaway.h"

#include <catch2/catch.hpp>
#include <numbers>

#include "thermal/random_grid.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;
using conduction::Field;
using conduction::Grid;

Grid one_cell(double resistance) {
  return {.shape = {1, 1, 1}, .right = {0}, .up = {0}, .above = {0}, .ground = {1 / resistance}};
}

struct Leaky {
  Grid grid{};
  Field power{};
  std::vector<Leak> leaks{};
};

// Two blocks, one of them three times as leaky.
Leaky leaky(Rng& rng, double leakage) {
  Leaky out{.grid = test::random_grid(rng, {6, 5, 2}, 2)};
  out.power = conduction::zeros(out.grid);
  for (std::size_t i = 0; i < 30; ++i) {
    const std::size_t block = i % 6 < 3 ? 0 : 1;
    out.power.cells[i] = 3 * rng.uniform();
    out.leaks.push_back({block, i, leakage * (block == 1 ? 3 : 1), 0.012 + 0.006 * rng.uniform()});
  }
  return out;
}

Fate fate(const Leaky& system, double power, double leakage, double ambient) {
  Field all = system.power;
  for (double& p : all.cells) p *= power;
  auto leaks = system.leaks;
  for (auto& leak : leaks) leak.power *= leakage * std::exp(leak.slope * ambient);
  conduction::Solver solver{system.grid};
  Field rise;
  return settle(system.grid, solver, all, leaks, rise, {.tolerance = 1e-4, .certify = false}).fate;
}

}  // namespace

TEST_CASE("runaway: one resistance has the margins of the closed form") {
  const Leakage leakage{40, 0.017, 358.15};
  const double resistance = 0.25, power = 200, ambient = 318.15;
  const auto lumped = lumped_rest(resistance, power, leakage, ambient);
  const Leak leak{0, 0, 40 * std::exp(0.017 * (ambient - 358.15)), 0.017};
  const auto out = distance_to_runaway(one_cell(resistance), {{power}, {}}, {&leak, 1});
  CHECK(out.loop.gain == Approx(lumped.loop_gain).epsilon(1e-3));
  CHECK(out.loop.part == Approx(1));
  REQUIRE(out.power.found);
  CHECK(out.power.last_stable * power <= power + lumped.power_margin);
  CHECK(out.power.first_runaway * power >= power + lumped.power_margin);
  CHECK(out.watts == Approx(lumped.power_margin).epsilon(0.01));
  REQUIRE(out.ambient.found);
  CHECK(out.ambient.last_stable <= lumped.ambient_margin);
  CHECK(out.ambient.first_runaway >= lumped.ambient_margin);
  CHECK(out.ambient.last_stable == Approx(lumped.ambient_margin).epsilon(0.01));
  REQUIRE(out.leakage.found);
  const double most = 1 / (std::numbers::e * lumped.u);
  CHECK(out.leakage.last_stable <= most);
  CHECK(out.leakage.first_runaway >= most);
  CHECK(out.leakage.last_stable == Approx(most).epsilon(0.01));
}

TEST_CASE("runaway: a grid is stable up to the last stable value and runs away from the next one") {
  Rng rng{21};
  for (int draw = 0; draw < 4; ++draw) {
    const auto system = leaky(rng, 0.04);
    const auto out = distance_to_runaway(system.grid, system.power, system.leaks);
    REQUIRE(fate(system, 1, 1, 0) == Fate::stable);
    CHECK(out.loop.gain < 1);
    CHECK(out.loop.block == 1);
    CHECK(out.loop.part > 0.5);
    REQUIRE(out.power.found);
    CHECK(out.power.last_stable > 1);
    CHECK(out.watts > 0);
    CHECK(fate(system, out.power.last_stable, 1, 0) == Fate::stable);
    CHECK(fate(system, out.power.first_runaway, 1, 0) == Fate::runaway);
    REQUIRE(out.leakage.found);
    CHECK(fate(system, 1, out.leakage.last_stable, 0) == Fate::stable);
    CHECK(fate(system, 1, out.leakage.first_runaway, 0) == Fate::runaway);
    REQUIRE(out.ambient.found);
    CHECK(fate(system, 1, 1, out.ambient.last_stable) == Fate::stable);
    CHECK(fate(system, 1, 1, out.ambient.first_runaway) == Fate::runaway);
    CHECK(out.ambient.first_runaway - out.ambient.last_stable < 0.5);
    // The loop gain of a dense eigenvalue problem, L'(T) against A.
    conduction::Solver solver{system.grid};
    Field rise;
    settle(system.grid, solver, system.power, system.leaks, rise, {.tolerance = 1e-8});
    Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(62, 62);
    for (const auto& leak : system.leaks) {
      const auto i = static_cast<Eigen::Index>(leak.cell);
      slopes(i, i) += leak.slope * leak.power * std::exp(leak.slope * rise.cells[leak.cell]);
    }
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> eigen{slopes, test::dense(system.grid)};
    CHECK(out.loop.gain == Approx(eigen.eigenvalues().maxCoeff()).epsilon(2e-3));
  }
}

TEST_CASE("runaway: where there is no rest, the last stable power and leakage are found below") {
  Rng rng{22};
  auto system = leaky(rng, 2);
  const auto out = distance_to_runaway(system.grid, system.power, system.leaks);
  REQUIRE(fate(system, 1, 1, 0) == Fate::runaway);
  REQUIRE(out.leakage.found);
  CHECK(out.leakage.last_stable < 1);
  CHECK(fate(system, 1, out.leakage.last_stable, 0) == Fate::stable);
  CHECK(fate(system, 1, out.leakage.first_runaway, 0) == Fate::runaway);
  REQUIRE(out.ambient.found);
  CHECK(out.ambient.last_stable < 0);
  CHECK(fate(system, 1, 1, out.ambient.last_stable) == Fate::stable);
  CHECK(out.watts < 0);
  CHECK(out.loop.gain > 0.9);
  REQUIRE(out.power.found);
  CHECK(out.power.last_stable > 0);
  CHECK(fate(system, out.power.last_stable, 1, 0) == Fate::stable);
  CHECK(fate(system, out.power.first_runaway, 1, 0) == Fate::runaway);

  // Leakage that runs away by itself has no last stable power.
  for (auto& leak : system.leaks) leak.power *= 20;
  const auto alone = distance_to_runaway(system.grid, system.power, system.leaks);
  CHECK_FALSE(alone.power.found);
  CHECK(alone.alone);
  CHECK_FALSE(out.alone);
  CHECK(alone.leakage.found);
  CHECK(fate(system, 1, alone.leakage.last_stable, 0) == Fate::stable);
}

TEST_CASE("runaway: what does not leak, or leaks evenly, never runs away; the search keeps to its budget") {
  const auto grid = one_cell(0.5);
  CHECK(std::isinf(distance_to_runaway(grid, {{1}, {}}, {}).watts));
  const Leak even{0, 0, 5, 0};
  CHECK(std::isinf(distance_to_runaway(grid, {{1}, {}}, {&even, 1}).watts));
  Rng rng{23};
  const auto system = leaky(rng, 0.04);
  const auto out = distance_to_runaway(system.grid, system.power, system.leaks, 20);
  CHECK_FALSE(out.ambient.found);
  CHECK(out.solves < 60);
}

TEST_CASE("runaway: leakage beyond any number, and leakage that hardly grows, come to an end") {
  const auto grid = one_cell(0.5);
  const Leak wild{0, 0, 40, 0.02};
  const auto out = distance_to_runaway(grid, {{1e9}, {}}, {&wild, 1});  // 2e9 K: exp(4e7)
  CHECK(out.watts < 0);
  const Leak hardly{0, 0, 40, 1e-300};
  CHECK(std::isinf(distance_to_runaway(grid, {{200}, {}}, {&hardly, 1}).watts));
}

TEST_CASE("runaway: leakage that no double can follow feeds back nothing") {
  for (const double power : {1e-320, 1e-200}) {
    const Leak leak{0, 0, power, 0.017};
    const auto out = distance_to_runaway(one_cell(0.25), {{200}, {}}, {&leak, 1});
    CHECK(out.loop.gain < 1e-30);
    CHECK(out.leakage.last_stable > 1e30);
  }
}
