// Potentials against circuits that are solved by hand.
#include <catch2/catch.hpp>

#include "conduction/solver.h"

using namespace marquetry::conduction;

TEST_CASE("conduction: a ladder of three cells and a hub as solved by hand") {
  // 1 W enters the bottom cell; 2 W/K up, 4 W/K up, then 1 W/K to ground and 3 W/K over a hub with 1.5 W/K.
  Grid grid{.shape = {1, 1, 3}};
  grid.right = grid.up = {0, 0, 0};
  grid.above = {2, 4, 0};
  grid.ground = {0, 0, 1};
  grid.hubs = {{.name = "sink", .ground = 1.5, .cells = {{2, 3.0}}}};
  Field rise;
  const auto outcome = Solver{grid}.solve({{1, 0, 0}, {0}}, rise);
  CHECK(outcome.state == State::solved);
  CHECK(rise.cells[2] == Approx(0.5));  // to ground: 1 + 3 x 1.5 / 4.5 = 2 W/K
  CHECK(rise.cells[1] == Approx(0.75));
  CHECK(rise.cells[0] == Approx(1.25));
  CHECK(rise.hubs[0] == Approx(1.0 / 3));
}
