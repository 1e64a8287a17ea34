// Grids that coarse cells can hardly stand for, and tolerances that doubles cannot meet.
#include <catch2/catch.hpp>

#include "conduction/package.h"
#include "conduction/random_grid.h"
#include "conduction/solver.h"

using namespace marquetry;
using namespace marquetry::conduction;

namespace {

Grid sheet(std::size_t columns, std::size_t rows) {
  const std::vector<double> ones(columns * rows, 1.0), zeros(columns * rows);
  return {.shape = {columns, rows, 1}, .right = ones, .up = ones, .above = zeros, .ground = zeros};
}

}  // namespace

TEST_CASE("conduction: a way that winds through all of a sheet is followed to its end") {
  auto grid = sheet(15, 16);
  for (std::size_t r = 0; r < 16; ++r)
    for (std::size_t c = 0; c < 15; ++c)
      if (c != (r % 2 == 0 ? 14 : 0)) grid.up[r * 15 + c] = 0;
  grid.ground[0] = 1;
  Field source{std::vector<double>(240), {}}, rise;
  source.cells[239 - 14] = 1;  // the last row ends where it began: 239 steps of 1 K, and 1 K to the ground
  const auto outcome = Solver{grid}.solve(source, rise, {.tolerance = 1e-6});
  CHECK(outcome.state == State::solved);
  CHECK(rise.cells[239 - 14] == Approx(240).margin(outcome.bound + 1e-9));
  CHECK(outcome.bound <= 1e-4);
}

TEST_CASE("conduction: a sheet in which a fifth of the ways are cut, as a direct solver has it") {
  Rng rng{4};
  auto grid = sheet(40, 37);
  for (auto* ways : {&grid.right, &grid.up})
    for (double& g : *ways)
      if (rng.below(5) == 0) g = 0;
  for (double& g : grid.ground) g = 1e-3;
  const auto source = test::random_source(grid, rng);
  Field rise;
  const auto outcome = Solver{grid}.solve(source, rise, {.tolerance = 1e-5});
  CHECK(outcome.state == State::solved);
  CHECK(outcome.iterations < 100);
  CHECK(outcome.bound <= 1e-5);
  CHECK(test::largest_difference(rise, test::direct_answer(test::matrix_of(grid), source)) <= outcome.bound);
}

TEST_CASE("conduction: cells much longer than wide cost no more iterations") {
  auto package = test::package(32, test::eight_dies(), false);
  for (double& g : package.grid.right) g *= 100;
  for (double& g : package.grid.up) g /= 100;
  Field rise;
  const auto outcome = Solver{package.grid}.solve(package.source, rise);
  CHECK(outcome.state == State::solved);
  CHECK(outcome.iterations <= 15);
}

TEST_CASE("conduction: a tolerance below rounding ends as near as doubles go") {
  const auto package = test::package(24, test::eight_dies(), true);
  const bool certify = GENERATE(true, false);
  Field rise;
  const auto outcome = Solver{package.grid}.solve(package.source, rise, {.tolerance = 0, .certify = certify});
  CHECK(outcome.iterations <= 40);
  const auto exact = test::direct_answer(test::matrix_of(package.grid), package.source);
  CHECK(test::largest_difference(rise, exact) <= 1e-9);
  CHECK((certify ? outcome.bound : outcome.estimate) <= 1e-6);
}

TEST_CASE("conduction: the unit of conductance does not matter") {
  auto package = test::package(24, test::eight_dies(), true);
  Field rise, scaled;
  Solver{package.grid}.solve(package.source, rise, {.tolerance = 1e-6});
  auto& grid = package.grid;
  const double unit = GENERATE(1e-14, 1e14);
  for (auto* v : {&grid.right, &grid.up, &grid.above, &grid.ground, &package.source.cells})
    for (double& x : *v) x *= unit;
  for (auto& hub : grid.hubs) {
    hub.ground *= unit;
    for (auto& tie : hub.cells) tie.conductance *= unit;
  }
  for (auto& link : grid.hub_links) link.conductance *= unit;
  CHECK(Solver{grid}.solve(package.source, scaled, {.tolerance = 1e-6}).bound <= 1e-6);
  for (std::size_t i = 0; i < rise.cells.size(); i += 50)
    CHECK(scaled.cells[i] == Approx(rise.cells[i]).margin(2e-6));
}
