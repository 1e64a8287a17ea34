// Cheap bounds against proved optima, against a linear program by GLPK, and by hand.
#include "floorplan/bound.h"

#include <catch2/catch.hpp>

#include "floorplan/exact.h"
#include "floorplan/random_problem.h"
#include "milp/milp.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

Pin centre(std::int32_t block) { return {block, {}, true}; }
Block hard(Nanometre width, Nanometre height) { return {.size = {width, height}}; }

// The least wire of blocks that may overlap, pins at centres, between fixed points.
double wire_with_overlap(const Problem& problem) {
  const std::size_t n = problem.blocks.size();
  milp::Model model;
  for (std::size_t c = 0; c < 2 * n; ++c) model.variables.push_back({0, 0, milp::infinity, false});
  for (const auto& net : problem.nets) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const std::size_t low = model.variables.size();
      model.variables.push_back({-net.weight, -1e6, milp::infinity, false});
      model.variables.push_back({net.weight, -1e6, milp::infinity, false});
      for (const auto& pin : net.pins) {
        milp::Row above{{{low, -1}}, 0, milp::infinity}, below{{{low + 1, 1}}, 0, milp::infinity};
        if (pin.block >= 0) {
          above.terms.push_back({2 * static_cast<std::size_t>(pin.block) + axis, 1});
          below.terms.push_back({2 * static_cast<std::size_t>(pin.block) + axis, -1});
        } else {
          const auto at = static_cast<double>(axis == 0 ? pin.at.x : pin.at.y);
          above.low = -at;
          below.low = at;
        }
        model.rows.push_back(above);
        model.rows.push_back(below);
      }
    }
  }
  return milp::solve(model).objective;
}

Problem between_terminals(std::size_t blocks, Rng rng) {
  Problem problem;
  for (std::size_t b = 0; b < blocks; ++b) {
    problem.blocks.push_back(hard(static_cast<Nanometre>(2 * (50 + rng.below(200))),
                                  static_cast<Nanometre>(2 * (50 + rng.below(200)))));
  }
  for (std::size_t e = 0; e < 3 * blocks; ++e) {
    Net net{{}, static_cast<double>(1 + rng.below(9))};
    for (std::size_t k = 0; k < 2 + rng.below(4); ++k) {
      if (rng.below(3) == 0) {
        net.pins.push_back(
            {-1, {static_cast<Nanometre>(rng.below(3000)), static_cast<Nanometre>(rng.below(3000))}, false});
      } else {
        net.pins.push_back(centre(static_cast<std::int32_t>(rng.below(blocks))));
      }
    }
    problem.nets.push_back(net);
  }
  return problem;
}

}  // namespace

TEST_CASE("no bound is above a proved optimum") {
  for (std::uint64_t i = 0; i < 150; ++i) {
    const auto problem = test::random_problem({.blocks = 1 + i % 5, .centres = i % 3 == 0}, Rng{31}.fork(i));
    INFO("problem " << i);
    const auto result = prove(problem, {});
    if (!result.best) continue;
    CHECK(wire_bound(problem) <= half_perimeter(problem, *result.best));
    CHECK(area_bound(problem) <= geometry::area(box(problem, *result.best)));
    for (const auto& net : problem.nets) {
      Problem one = problem;
      one.nets = {{net.pins, 1}};
      CHECK(least_half_perimeter(problem, net.pins) <= half_perimeter(one, *result.best));
    }
  }
}

TEST_CASE("the wire bound is not below that of blocks that may overlap") {
  for (std::uint64_t i = 0; i < 20; ++i) {
    const auto problem = between_terminals(2 + i, Rng{32}.fork(i));
    const double overlapping = wire_with_overlap(problem);
    CHECK(wire_bound(problem) >= overlapping * (1 - 1e-9));
  }
}

TEST_CASE("two blocks between their terminals: the bound is the optimum") {
  // A terminal 1000 to the left ties to the first, one 1000 to the right to the second; they are tied as
  // well.
  Problem problem;
  problem.blocks = {hard(20, 20), hard(20, 20)};
  problem.nets = {{{{-1, {0, 10}, false}, centre(0)}, 3},
                  {{centre(0), centre(1)}, 5},
                  {{centre(1), {-1, {1000, 10}, false}}, 3}};
  // Side by side, 5 * 20 + 3 * (1000 - 20), all on one line.
  CHECK(prove(problem, {}).objective == Approx(3040));
  CHECK(wire_bound(problem) <= 3040);
  CHECK(wire_bound(problem) > 3039);
}

TEST_CASE("pins of blocks that keep apart are no nearer than their depth in their blocks") {
  Problem problem;
  problem.blocks = {hard(10, 40), hard(30, 30), hard(20, 20)};
  problem.gap = 2;
  const auto least = [&](std::vector<Pin> pins) { return least_half_perimeter(problem, pins); };
  CHECK(least({centre(0), centre(1)}) == 5 + 2 + 15);
  CHECK(least({{0, {1, 20}, false}, {1, {15, 28}, false}}) == 1 + 2 + 2);
  CHECK(least({centre(0), {-1, {0, 0}, false}}) == 0);
  CHECK(least({centre(0), centre(0)}) == 0);
  CHECK(least({{0, {-50, 0}, false}, centre(1)}) == 0);  // a pin outside its block may lie anywhere
  problem.gap = 0;
  // Squares of 20, 20 and 10: 2 (sqrt(900) - 20) = 20 is less than what the two largest need.
  CHECK(least({centre(0), centre(1), centre(2)}) == 25);
}

TEST_CASE("the area bound counts the gaps") {
  Problem problem;
  problem.objective = {0, 1};
  problem.blocks = {hard(10, 10), hard(10, 10), hard(10, 10), hard(10, 10)};
  CHECK(area_bound(problem) == Approx(400));
  problem.gap = 2;
  // Four in a row are the box of least area: 46 x 10 = 460 (a square of 22 x 22 has 484).
  CHECK(prove(problem, {}).objective == 460);
  CHECK(area_bound(problem) == Approx(460));
}

TEST_CASE("soft blocks and none at all") {
  Problem problem;
  CHECK(bound(problem) == 0);
  CHECK(prove(problem, {}).proved);
  problem.blocks = {hard(100, 100), hard(100, 100)};
  problem.blocks[0].soft = Soft{10000, 0.25, 4};
  problem.nets = {{{centre(0), centre(1)}, 1}};
  // The soft block may be 50 high: 25 + 50 from centre to centre.
  CHECK(wire_bound(problem) == Approx(75));
  const auto result = prove(problem, {});
  CHECK_FALSE(result.proved);
  CHECK(result.bound == Approx(75));
}
