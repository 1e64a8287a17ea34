// Layers that are the same all over: exact waves, against closed forms and the direct solver.
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "base/rng.h"
#include "conduction/cosine.h"
#include "conduction/cosine_eigen.h"
#include "conduction/random_grid.h"
#include "conduction/solver.h"

using namespace marquetry;
using namespace marquetry::conduction;

namespace {

struct Layer {
  double right, up, above, ground;
};

Grid layers_of(std::size_t columns, std::size_t rows, const std::vector<Layer>& layers) {
  Grid grid{.shape = {columns, rows, layers.size()}};
  for (const auto& layer : layers)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        grid.right.push_back(c + 1 < columns ? layer.right : 0);
        grid.up.push_back(r + 1 < rows ? layer.up : 0);
        grid.above.push_back(layer.above);
        grid.ground.push_back(layer.ground);
      }
  return grid;
}

}  // namespace

TEST_CASE("conduction: a wave of power on a uniform sheet gives the same wave of temperature") {
  // cos(pi m (c + 1/2) / C) cos(pi n (r + 1/2) / R) over what the second differences and the ground take of
  // it
  const std::size_t columns = 20, rows = 15, m = 3, n = 2;
  const Layer sheet{0.7, 1.9, 0, 0.3};
  const auto pi = std::numbers::pi;
  const auto square = [](double x) { return x * x; };
  const double taken = sheet.ground + sheet.right * square(2 * std::sin(pi * m / (2.0 * columns))) +
                       sheet.up * square(2 * std::sin(pi * n / (2.0 * rows)));
  Field source, rise;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      source.cells.push_back(std::cos(pi * m * (static_cast<double>(c) + 0.5) / columns) *
                             std::cos(pi * n * (static_cast<double>(r) + 0.5) / rows));
  const auto outcome = Solver{layers_of(columns, rows, {sheet})}.solve(source, rise, {.tolerance = 1e-11});
  CHECK(outcome.state == State::solved);
  CHECK(outcome.iterations == 0);
  CHECK(outcome.bound <= 1e-11);
  for (std::size_t i = 0; i < source.cells.size(); ++i)
    CHECK(rise.cells[i] == Approx(source.cells[i] / taken).margin(1e-12));
}

TEST_CASE("conduction: both cosine transforms give the sums of the definition, for any size") {
  for (const auto& [columns, rows] :
       {std::pair{1, 1}, {2, 1}, {1, 5}, {8, 8}, {7, 12}, {13, 9}, {31, 10}, {97, 64}}) {
    const auto c = static_cast<std::size_t>(columns), r = static_cast<std::size_t>(rows);
    INFO(columns << " x " << rows);
    Rng rng{3};
    std::vector<double> plane(c * r);
    for (auto& cell : plane) cell = rng.uniform() - 0.5;
    // FFTW manual, section 4.8.5: REDFT10 and its inverse REDFT01.
    const auto at = [](std::size_t wave, std::size_t cell, std::size_t n) {
      const double turns = static_cast<double>(wave * (2 * cell + 1)) / static_cast<double>(2 * n);
      return std::cos(std::numbers::pi * turns);
    };
    const auto wave = [&](std::size_t m, std::size_t n) {
      double sum = 0;
      for (std::size_t y = 0; y < r; ++y)
        for (std::size_t x = 0; x < c; ++x) sum += 4 * plane[y * c + x] * at(m, x, c) * at(n, y, r);
      return sum;
    };
    const auto check = [&](const auto& transform) {
      auto waves = plane;
      transform.forward(waves.data());
      for (const auto& [m, n] : {std::pair{c / 2, r / 3}, {c - 1, r - 1}, {std::size_t{0}, std::size_t{0}}})
        CHECK(waves[n * c + m] == Approx(wave(m, n)).margin(1e-11));
      transform.backward(waves.data());
      const double scale = 4 * static_cast<double>(c * r);
      for (std::size_t i = 0; i < plane.size(); ++i)
        REQUIRE(waves[i] / scale == Approx(plane[i]).margin(1e-14));
      return waves;
    };
    check(CosineTransform{c, r});
    check(EigenCosine{c, r});
  }
}

TEST_CASE("conduction: uniform layers of any size as a direct solver has them, without an iteration") {
  const auto shape = GENERATE(
      values<Shape>({{1, 1, 5}, {1, 31, 3}, {37, 1, 2}, {2, 2, 2}, {13, 17, 4}, {30, 24, 6}, {8, 45, 1}}));
  Rng rng{shape.cells()};
  std::vector<Layer> layers(shape.layers);
  for (auto& layer : layers)
    layer = {rng.uniform(), rng.uniform() * 5, rng.uniform(), rng.below(2) == 0 ? 0.0 : 0.01};
  layers.back().above = 0;
  layers.back().ground = 0.02;
  const auto grid = layers_of(shape.columns, shape.rows, layers);
  const auto source = test::random_source(grid, rng);
  const Field diagonal{std::vector<double>(shape.cells(), rng.below(2) == 0 ? 0.4 : -1e-4), {}};
  for (const auto& extra : {Field{}, diagonal}) {
    const auto exact = test::direct_answer(test::matrix_of(grid, extra), source);
    Field rise;
    const auto outcome = Solver(grid, extra).solve(source, rise, {.tolerance = 1e-8});
    CHECK(outcome.state == State::solved);
    CHECK(outcome.iterations == 0);
    CHECK(outcome.bound <= 1e-8);
    CHECK(outcome.imbalance <= 1e-12);
    CHECK(test::largest_difference(rise, exact) <= outcome.bound + 1e-11);
  }
}

TEST_CASE("conduction: one cell that differs is seen") {
  auto grid = layers_of(16, 12, {{1, 1, 2, 0}, {3, 3, 0, 0.1}});
  grid.right[grid.shape.cell(1, 5, 7)] *= 1.01;
  Rng rng{1};
  const auto source = test::random_source(grid, rng);
  Field rise;
  const auto outcome = Solver{grid}.solve(source, rise, {.tolerance = 1e-8});
  CHECK(outcome.iterations > 0);
  CHECK(test::largest_difference(rise, test::direct_answer(test::matrix_of(grid), source)) <= outcome.bound);
}

TEST_CASE("conduction: uniform layers that leak more than the ground takes are indefinite") {
  const auto grid = layers_of(9, 9, {{1, 1, 1, 0}, {1, 1, 0, 0.1}});
  Field rise;
  const Field source{std::vector<double>(162, 1.0), {}};
  CHECK(Solver(grid, {std::vector<double>(162, -0.04), {}}).solve(source, rise).state == State::solved);
  const auto runaway = Solver(grid, {std::vector<double>(162, -0.06), {}}).solve(source, rise);
  CHECK(runaway.state == State::indefinite);
  CHECK(std::isinf(runaway.bound));
}

TEST_CASE("conduction: a solver goes from uniform layers to others and back") {
  const auto plain = layers_of(16, 12, {{1, 1, 2, 0}, {3, 3, 0, 0.1}});
  auto spotted = plain;
  spotted.above[40] = 0.5;
  Rng rng{9};
  const auto source = test::random_source(plain, rng);
  Solver solver{plain};
  Field rise;
  for (const Grid* grid : std::initializer_list<const Grid*>{&plain, &spotted, &plain, &spotted}) {
    solver.update(*grid);
    const auto outcome = solver.solve(source, rise, {.tolerance = 1e-6});
    CHECK(outcome.state == State::solved);
    CHECK(outcome.bound <= 1e-6);
    CHECK(test::largest_difference(rise, test::direct_answer(test::matrix_of(*grid), source)) <=
          outcome.bound);
  }
}

TEST_CASE("conduction: uniform layers without a way to the ground float") {
  Field rise;
  const Field source{std::vector<double>(162, 1.0), {}};
  CHECK(Solver{layers_of(9, 9, {{1, 1, 1, 0}, {1, 1, 0, 0}})}.solve(source, rise).state == State::floating);
  CHECK(Solver{layers_of(9, 9, {{1, 1, 0, 0}, {1, 1, 0, 1}})}.solve(source, rise).state == State::floating);
}
