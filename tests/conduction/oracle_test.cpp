// Grids drawn at random against a sparse direct solver; the proved bound against the true error.
#include <catch2/catch.hpp>

#include "conduction/package.h"
#include "conduction/random_grid.h"
#include "conduction/solver.h"

using namespace marquetry;
using namespace marquetry::conduction;

TEST_CASE("conduction: grids of any size, with hubs, as a direct solver has them; the bound holds") {
  const auto shape = GENERATE(values<Shape>({{1, 1, 1},
                                             {1, 1, 9},
                                             {7, 1, 3},
                                             {1, 13, 2},
                                             {2, 2, 1},
                                             {3, 2, 4},
                                             {5, 5, 1},
                                             {17, 9, 5},
                                             {31, 4, 3},
                                             {13, 29, 2},
                                             {24, 24, 6}}));
  const auto hubs = GENERATE(values<std::size_t>({0, 1, 5}));
  const double decades = GENERATE(1.0, 3.0);
  Rng rng{shape.columns * 1000 + shape.rows * 10 + shape.layers + hubs};
  const auto grid = test::random_grid(shape, hubs, decades, rng);
  const auto source = test::random_source(grid, rng);
  const auto exact = test::direct_answer(test::matrix_of(grid), source);
  const double scale = exact.cwiseAbs().maxCoeff();
  CAPTURE(shape.columns, shape.rows, shape.layers, hubs, decades, scale);
  Solver solver{grid};
  for (const double tolerance : {1e-1, 1e-3, 1e-6, 1e-8}) {
    Field potential;
    const auto outcome = solver.solve(source, potential, {.tolerance = tolerance * scale});
    CAPTURE(tolerance, outcome.iterations, outcome.estimate);
    CHECK(outcome.state == State::solved);
    const double error = test::largest_difference(potential, exact);
    CHECK(error <= outcome.bound + 1e-12 * scale);  // the direct solver's own rounding
    CHECK(outcome.bound <= tolerance * scale);
    CHECK(outcome.imbalance <= 1e-9);
  }
}

TEST_CASE("conduction: with terms on the diagonal, above and below zero, as a direct solver has it") {
  Rng rng{5};
  const auto grid = test::random_grid({14, 11, 4}, 3, 2, rng);
  Field diagonal{std::vector<double>(grid.shape.cells()), std::vector<double>(3)};
  for (auto& x : diagonal.cells) x = 0.02 * (rng.uniform() - 0.3);
  diagonal.cells[77] = -0.02;
  diagonal.hubs[1] = 0.5;
  const auto source = test::random_source(grid, rng);
  const auto exact = test::direct_answer(test::matrix_of(grid, diagonal), source);
  Field potential;
  const auto outcome = Solver{grid, diagonal}.solve(source, potential, {.tolerance = 1e-6});
  CHECK(outcome.state == State::solved);
  CHECK(outcome.bound <= 1e-6);
  CHECK(test::largest_difference(potential, exact) <= outcome.bound);
  // the matrix as it is applied to a potential is the same
  const auto balance = applied(grid, diagonal, potential);
  CHECK((test::flat(balance) - test::flat(source)).cwiseAbs().maxCoeff() <= 2 * outcome.residual + 1e-12);
}

TEST_CASE("conduction: without a proof the error is estimated, within some times the tolerance") {
  const auto package = test::package(24, test::eight_dies(), true);
  const auto exact = test::direct_answer(test::matrix_of(package.grid), package.source);
  for (const double tolerance : {1.0, 1e-2, 1e-5}) {
    Field rise;
    const auto outcome =
        Solver{package.grid}.solve(package.source, rise, {.tolerance = tolerance, .certify = false});
    CHECK(outcome.state == State::solved);
    CHECK(outcome.estimate <= tolerance);
    CHECK(std::isinf(outcome.bound));
    CHECK(test::largest_difference(rise, exact) <= 5 * tolerance);
    CHECK(outcome.imbalance <= 1e-9);
  }
}
