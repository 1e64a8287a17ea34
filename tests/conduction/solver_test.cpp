// Potentials against circuits that are solved by hand; what becomes of grids that have no answer.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "conduction/package.h"
#include "conduction/solver.h"

using namespace marquetry;
using namespace marquetry::conduction;

namespace {

Grid ladder(std::vector<double> above, double ground) {
  Grid grid{.shape = {1, 1, above.size() + 1}};
  above.push_back(0);
  grid.above = above;
  grid.right = grid.up = grid.ground = std::vector<double>(above.size());
  grid.ground.back() = ground;
  return grid;
}

}  // namespace

TEST_CASE("conduction: a ladder of three cells and a hub as solved by hand") {
  // 1 W enters the bottom cell; 2 W/K up, 4 W/K up, then 1 W/K to ground and 3 W/K over a hub with 1.5 W/K.
  Grid grid = ladder({2, 4}, 1);
  grid.hubs = {{.name = "sink", .ground = 1.5, .cells = {{2, 3.0}}}};
  Field rise;
  const auto outcome = Solver{grid}.solve({{1, 0, 0}, {0}}, rise, {.tolerance = 1e-9});
  CHECK(outcome.state == State::solved);
  CHECK(rise.cells[2] == Approx(0.5));  // to ground: 1 + 3 x 1.5 / 4.5 = 2 W/K
  CHECK(rise.cells[1] == Approx(0.75));
  CHECK(rise.cells[0] == Approx(1.25));
  CHECK(rise.hubs[0] == Approx(1.0 / 3));
  CHECK(outcome.bound <= 1e-9);
}

TEST_CASE("conduction: a rail fed at one end drops by all that flows beyond") {
  // ten cells of 2 S to the next, 4 S to the supply at the first, 1 A drawn from each
  Grid grid{.shape = {10, 1, 1}};
  grid.right = std::vector<double>(10, 2.0);
  grid.up = grid.above = grid.ground = std::vector<double>(10);
  grid.ground[0] = 4;
  Field volts;
  const auto outcome = Solver{grid}.solve({std::vector<double>(10, -1.0), {}}, volts, {.tolerance = 1e-9});
  CHECK(outcome.state == State::solved);
  double expected = -10.0 / 4;
  for (std::size_t i = 0; i < 10; ++i) {
    CHECK(volts.cells[i] == Approx(expected));
    expected -= static_cast<double>(9 - i) / 2;
  }
}

TEST_CASE("conduction: the answer of one cell to another is mutual") {
  const auto package = test::package(16, test::eight_dies(), true);
  Solver solver{package.grid};
  const auto answer = [&](std::size_t to, std::size_t from) {
    Field source{std::vector<double>(package.grid.shape.cells()), {}}, rise;
    source.cells[from] = 100;
    solver.solve(source, rise, {.tolerance = 1e-7});
    return rise.cells[to];
  };
  for (const auto& [a, b] : {std::pair<std::size_t, std::size_t>{1100, 1234}, {3, 2000}})
    CHECK(answer(a, b) == Approx(answer(b, a)).margin(2e-7));
}

TEST_CASE("conduction: iterations hardly grow with the number of cells") {
  const bool hubs = GENERATE(false, true);
  std::vector<int> iterations;
  for (const std::size_t n : {32U, 64U, 128U}) {
    const auto package = test::package(n, test::eight_dies(), hubs);
    Field rise;
    const auto outcome =
        Solver{package.grid}.solve(package.source, rise, {.tolerance = 1e-7, .certify = false});
    CHECK(outcome.state == State::solved);
    iterations.push_back(outcome.iterations);
  }
  CAPTURE(iterations);
  CHECK(iterations[0] <= 20);
  CHECK(iterations[1] <= iterations[0] + 4);
  CHECK(iterations[2] <= iterations[1] + 4);
}

TEST_CASE("conduction: a start near the answer saves iterations, another start does no harm") {
  auto package = test::package(32, test::eight_dies(), true);
  Solver solver{package.grid};
  Field cold, warm;
  const auto first = solver.solve(package.source, cold);
  warm = cold;
  for (double& x : package.source.cells) x *= 1.02;
  const auto second = solver.solve(package.source, warm);
  CHECK(second.state == State::solved);
  CHECK(second.iterations < first.iterations);
  CHECK(second.bound <= 5e-3);
  Field far{std::vector<double>(warm.cells.size(), -1e4), std::vector<double>(12, 1e4)};
  CHECK(solver.solve(package.source, far).state == State::solved);
  for (std::size_t i = 0; i < far.cells.size(); i += 97)
    CHECK(far.cells[i] == Approx(warm.cells[i]).margin(1e-2));
}

TEST_CASE("conduction: an updated solver answers as a new one does") {
  auto dies = test::eight_dies();
  const auto before = test::package(32, dies, true);
  dies[0].x += 1.5;
  dies[0].y += 3;
  const auto after = test::package(32, dies, true), other = test::package(20, dies, false);
  Solver solver{before.grid};
  Field moved, fresh;
  solver.solve(before.source, moved);
  solver.update(after.grid);
  const auto outcome = solver.solve(after.source, moved);
  Solver{after.grid}.solve(after.source, fresh);
  CHECK(outcome.bound <= 5e-3);
  for (std::size_t i = 0; i < fresh.cells.size(); i += 31)
    CHECK(moved.cells[i] == Approx(fresh.cells[i]).margin(1e-2));
  solver.update(other.grid);  // another shape, no hubs
  CHECK(solver.solve(other.source, moved).bound <= 5e-3);
  CHECK(moved.cells.size() == other.grid.shape.cells());
}

TEST_CASE("conduction: the same input gives the same bytes") {
  const auto package = test::package(33, test::eight_dies(), true);
  Field first, second;
  const auto a = Solver{package.grid}.solve(package.source, first),
             b = Solver{package.grid}.solve(package.source, second);
  CHECK(first.cells == second.cells);
  CHECK(first.hubs == second.hubs);
  CHECK(a.bound == b.bound);
}

TEST_CASE("conduction: a node without a way to the ground floats") {
  Field rise;
  SECTION("no ground at all") {
    CHECK(Solver{ladder({1, 1}, 0)}.solve({{1, 0, 0}, {}}, rise).state == State::floating);
  }
  SECTION("a cell cut off") {
    CHECK(Solver{ladder({1, 0, 1}, 1)}.solve({{0, 0, 0, 1}, {}}, rise).state == State::floating);
  }
  SECTION("a hub that hangs loose") {
    auto grid = ladder({1, 1}, 1);
    grid.hubs = {{.name = "loose"}};
    CHECK(Solver{grid}.solve({{1, 0, 0}, {0}}, rise).state == State::floating);
    grid.hubs[0].ground = 2;
    CHECK(Solver{grid}.solve({{1, 0, 0}, {1}}, rise, {.tolerance = 1e-9}).state == State::solved);
    CHECK(rise.hubs[0] == Approx(0.5));
  }
  SECTION("cut in two, each with a ground") {
    auto grid = ladder({1, 0, 1}, 1);
    grid.ground[0] = 0.5;
    CHECK(Solver{grid}.solve({{1, 0, 0, 0}, {}}, rise, {.tolerance = 1e-9}).state == State::solved);
    CHECK(rise.cells[1] == Approx(2));
    CHECK(rise.cells[2] == Approx(0).margin(1e-9));
  }
  SECTION("what stands on the diagonal is a way to the ground") {
    CHECK(Solver(ladder({1, 1}, 0), {{0.5, 0, 0}, {}})
              .solve({{1, 0, 0}, {}}, rise, {.tolerance = 1e-9})
              .state == State::solved);
    CHECK(rise.cells[2] == Approx(2));
  }
}

TEST_CASE("conduction: more leakage than the ground takes is negative curvature") {
  const auto package = test::package(16, test::eight_dies(), true);
  const auto with = [&](double slope) {  // W/K, over all cells of the die layer
    Field diagonal{std::vector<double>(package.grid.shape.cells()), {}}, rise;
    const auto plane = package.grid.shape.plane();
    for (std::size_t i = 4 * plane; i < 5 * plane; ++i)
      diagonal.cells[i] = -slope / static_cast<double>(plane);
    return Solver(package.grid, diagonal).solve(package.source, rise);
  };
  CHECK(with(1).state == State::solved);
  CHECK(with(1).bound <= 5e-3);  // the proof holds with negative terms
  const auto runaway = with(40);
  CHECK(runaway.state == State::indefinite);
  CHECK(std::isinf(runaway.bound));
}

TEST_CASE("conduction: what is no number, no source, no time left") {
  auto package = test::package(16, test::eight_dies(), false);
  Field rise;
  SECTION("no source") {
    const auto outcome =
        Solver{package.grid}.solve({std::vector<double>(package.source.cells.size()), {}}, rise);
    CHECK(outcome.state == State::solved);
    CHECK(outcome.bound == 0);
    CHECK(rise.cells == std::vector<double>(package.source.cells.size()));
  }
  SECTION("a source that is no number") {
    package.source.cells[7] = std::numeric_limits<double>::quiet_NaN();
    CHECK(Solver{package.grid}.solve(package.source, rise).state == State::not_converged);
  }
  SECTION("a conductance that is none") {
    package.grid.right[7] = GENERATE(std::numeric_limits<double>::quiet_NaN(), -1.0);
    CHECK(Solver{package.grid}.solve(package.source, rise).state == State::not_converged);
  }
  SECTION("a start that is no number") {
    rise = {std::vector<double>(package.source.cells.size(), std::numeric_limits<double>::infinity()), {}};
    CHECK(Solver{package.grid}.solve(package.source, rise).state == State::solved);
  }
  SECTION("stopped") {
    const std::atomic<bool> stop{true};
    CHECK(Solver{package.grid}.solve(package.source, rise, {.stop = &stop}).state == State::interrupted);
  }
  SECTION("too few iterations: the bound says how far it got") {
    const auto outcome =
        Solver{package.grid}.solve(package.source, rise, {.tolerance = 1e-6, .most_iterations = 5});
    CHECK(outcome.state == State::not_converged);
    CHECK(outcome.bound > 1e-6);
    CHECK(std::isfinite(outcome.bound));
  }
}
