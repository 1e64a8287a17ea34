// The metrics of wire, worked by hand.
#include "layout/wire.h"

#include <catch2/catch.hpp>

using namespace marquetry;
using layout::Layout;
using layout::Problem;

namespace {

// A 10 x 4 at the origin, and a 2 x 6 whose turned outline (6 x 2) has its corner at (20, 10).
Problem two_dies() {
  Problem problem;
  problem.dies.push_back({.name = "a", .size = {10, 4}});
  problem.dies.push_back({.name = "b", .size = {2, 6}});
  return problem;
}
Layout two_places() {
  Layout layout;
  layout.dies = {{{0, 0}, {}}, {{20, 10}, geometry::Rotation::r90}};
  layout.sizes = {{10, 4}, {2, 6}};
  return layout;
}

std::array<layout::Clump, 4> clumps(double each, geometry::Nanometre outside) {
  const layout::Clump clump{each, outside};
  return {clump, clump, clump, clump};
}

}  // namespace

TEST_CASE("half the perimeter of a net's box, weighted, with terminals and turned pins") {
  auto problem = two_dies();
  // The centres (5, 2) and (23, 11), and the terminal (-1, 30): 24 + 28.
  problem.nets.push_back(
      {.pins = {{.die = 0, .at_centre = true}, {.die = 1, .at_centre = true}, {.at = {-1, 30}}},
       .weight = 2});
  CHECK(layout::half_perimeter(problem, two_places()) == 2 * (24 + 28));
  // (1, 3) of the 2 x 6 turned by 90 degrees: (6 - 3, 1) from its corner, so (23, 11).
  problem.nets = {{.pins = {{.die = 0, .at = {10, 0}}, {.die = 1, .at = {0, 6}}}}};
  CHECK(layout::half_perimeter(problem, two_places()) == 10 + 10);  // (10, 0) and (20, 10)
  problem.nets = {{.pins = {}}};
  CHECK(layout::half_perimeter(problem, two_places()) == 0);
}

TEST_CASE("centres that lie on half a nanometre are measured exactly") {
  auto problem = two_dies();
  problem.dies[0].size = {9, 3};
  auto layout = two_places();
  layout.sizes[0] = {9, 3};
  problem.nets = {{.pins = {{.die = 0, .at_centre = true}, {.at = {0, 0}}}}};
  CHECK(layout::half_perimeter(problem, layout) == 4.5 + 1.5);
  CHECK(layout::pin_to_pin(problem, layout) == 4.5 + 1.5);
  problem.links = {{.a = 0, .b = 1, .wires = 10}};
  CHECK(layout::centre_to_centre(problem, layout) == 10 * (18.5 + 9.5));
}

TEST_CASE("pin to pin counts nets of two pins by distance, others by half the perimeter") {
  auto problem = two_dies();
  const layout::Pin a{.die = 0, .at = {1, 1}}, b{.die = 1, .at = {2, 0}}, c{.at = {4, 4}};
  // b: (2, 0) turned is (6, 2), at (26, 12).
  problem.nets = {{.pins = {a, b}, .weight = 3}, {.pins = {a, b, c}}};
  CHECK(layout::pin_to_pin(problem, two_places()) == 3 * (25 + 11) + 25 + 11);
}

TEST_CASE("clumps stand outside their own edge, wherever a turn takes it") {
  layout::Die die{.size = {10, 4}, .clumps = clumps(1, 1)};
  (*die.clumps)[index(geometry::Side::bottom)].outside = 3;
  const auto points = layout::clump_points(die, {{100, 200}, geometry::Rotation::r90}, {10, 4});
  // The outline is (100, 200) to (104, 210); the bottom has become the right side.
  const auto& bottom = points[index(geometry::Side::bottom)];
  CHECK(bottom.x == 107);
  CHECK(bottom.y == 205);
  const auto& right = points[index(geometry::Side::right)];
  CHECK(right.x == 102);
  CHECK(right.y == 211);
  const auto& left = points[index(geometry::Side::left)];
  CHECK(left.y == 199);
}

TEST_CASE("wires take the nearest clumps until these are full, then the next") {
  // Two dies of 10 x 10, ring 2 (clumps 1 outside), 4 apart: facing clumps 12 - 2 = 2 apart.
  Problem problem;
  problem.dies = {{.name = "a", .size = {10, 10}, .clumps = clumps(100, 1)},
                  {.name = "b", .size = {10, 10}, .clumps = clumps(100, 1)}};
  problem.links = {{.a = 0, .b = 1, .wires = 60}};
  Layout layout;
  layout.dies = {{{0, 0}, {}}, {{14, 0}, {}}};
  layout.sizes = {{10, 10}, {10, 10}};
  CHECK(layout::clump_transport(problem, layout) == 60 * 2.0);
  // Of 150 wires 100 face each other. The other 50 go from top to top, 14 apart: that is less than one end
  // facing and the other not, (11 + 1, 5 + 1) -> 8 + 6 = 14 for two sides that are then worth less.
  problem.links[0].wires = 150;
  CHECK(layout::clump_transport(problem, layout) == 100 * 2.0 + 50 * 14.0);
  problem.links[0].wires = 401;
  CHECK_FALSE(layout::clump_transport(problem, layout));
  problem.dies[1].clumps.reset();
  CHECK_FALSE(layout::clump_transport(problem, layout));
}
