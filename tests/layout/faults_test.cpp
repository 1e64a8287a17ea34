// Problems that mean nothing, or whose connections no layout can make: said before anybody places them.
#include "layout/faults.h"

#include <catch2/catch.hpp>

#include "layout/fit.h"
#include "layout/small_case.h"

using namespace marquetry;
using namespace marquetry::test;
using geometry::Rotation;
using geometry::Side;
using layout::Problem;

namespace {

// Three dies of 10 x 6, 4 x 4 and 4 x 4 mm on a carrier of 30 x 20.
Problem sound() {
  Problem problem;
  problem.dies = {{.name = "big", .size = {10 * mm, 6 * mm}},
                  {.name = "a", .size = {4 * mm, 4 * mm}},
                  {.name = "b", .size = {4 * mm, 4 * mm}}};
  problem.carrier.fixed = geometry::Size{30 * mm, 20 * mm};
  problem.gap = 100 * um;
  problem.edge = 500 * um;
  return problem;
}

struct Wrong {
  void (*apply)(Problem&){};
  std::string message{};
};

const std::vector<Wrong> meaningless{
    {[](Problem& p) { p.dies.clear(); }, "there are no dies to place"},
    {[](Problem& p) { p.dies[1].size.width = 0; }, "'a' is 0 mm x 4 mm: nothing to place"},
    {[](Problem& p) { p.dies[1].soft = layout::Soft{.area = 1e12, .least_aspect = 2, .largest_aspect = 1}; },
     "'a' may have a width by height from 2 to 1: no shape has"},
    {[](Problem& p) { p.dies[1].rotations = 0; }, "'a' may stand in no rotation at all"},
    {[](Problem& p) {
       p.dies[1].on = 2;
       p.dies[2].on = 1;
     },
     "'a' stands on itself, by way of the dies below it"},
    {[](Problem& p) {
       p.dies[1].rotations = 1;
       p.dies[1].fixed = layout::Placement{{mm, mm}, Rotation::r90};
     },
     "'a' is fixed at 90 degrees, which it may not be turned by"},
    {[](Problem& p) { p.links = {{.name = "l", .a = 0, .b = 7}}; }, "link 'l' joins die 7, but there are 3"},
    {[](Problem& p) {
       p.alignments = {{{1, 3}, layout::Line::left}};
     },
     "an alignment names die 3, but there are 3"},
    {[](Problem& p) { p.nets = {{.pins = {{.die = 9}}}}; }, "a net has a pin on die 9, but there are 3"},
    {[](Problem& p) { p.links = {{.name = "l", .a = 1, .b = 1}}; }, "link 'l' joins 'a' to itself"},
    {[](Problem& p) {
       p.links = {{.name = "l", .a = 0, .b = 1, .phy = layout::Phy{.modules = 1, .width = mm}},
                  {.name = "m", .a = 0, .b = 2}};
     },
     "link 'm' between 'big' and 'b' has no PHY, though others have"},
    {[](Problem& p) {
       p.bridges.least = {2 * mm, 4 * mm};
       p.bridges.largest = {3 * mm, 3 * mm};
     },
     "a bridge must be at least 2 mm x 4 mm and at most 3 mm x 3 mm"},
    {[](Problem& p) {
       p.abutments = {{1, 1, Side::left}};
     },
     "'a' should touch itself"},
};

const std::vector<Wrong> hopeless{
    {[](Problem& p) {
       p.links = {{.name = "l",
                   .a = 0,
                   .b = 1,
                   .phy = layout::Phy{.modules = 3, .width = 2 * mm, .reach = 900 * um}}};
     },
     "3 modules of 'l' must stand at one edge, since it reaches 0.9 mm: 6 mm, and 'a' has 4 mm at the most"},
    {[](Problem& p) {
       p.links = {
           {.name = "l", .a = 0, .b = 1, .phy = layout::Phy{.modules = 3, .width = 2 * mm, .faces = true}}};
     },
     "3 modules of 'l' must stand at one edge: 6 mm, and 'a' has 4 mm at the most"},
    {[](Problem& p) {
       p.dies[1].corner = mm;
       p.links = {{.name = "l", .a = 0, .b = 1, .phy = layout::Phy{.modules = 3, .width = 3 * mm}}};
     },
     "a module of 'l' takes 3 mm of edge, and 'a' has 2 mm between its corners"},
    {[](Problem& p) {
       p.links = {{.name = "l", .a = 0, .b = 1, .phy = layout::Phy{.modules = 9, .width = 2 * mm}}};
     },
     "the PHYs of 'a' take 18 mm of edge, and it has 16 mm"},
    {[](Problem& p) {
       p.links = {{.name = "l",
                   .a = 0,
                   .b = 1,
                   .phy = layout::Phy{.modules = 3, .width = 2 * mm, .side_b = Side::left}}};
     },
     "the PHYs that must be at the left edge of 'a' take 6 mm, and it has 4 mm"},
    {[](Problem& p) {
       p.dies[1].clumps.emplace();
       p.links = {{.name = "l", .a = 0, .b = 1, .wires = 10}};
     },
     "'a' has 10 wires, and bump clumps for 0"},
    {[](Problem& p) {
       const layout::Phy phy{.modules = 1, .width = mm, .bridged = true};
       p.links = {{.name = "l", .a = 0, .b = 1, .phy = phy}, {.name = "m", .a = 0, .b = 2, .phy = phy}};
       p.bridges.most = 1;
     },
     "2 links run over bridges, and there may be 1 bridges"},
    {[](Problem& p) {
       p.bumps = {.pitch = mm};
       p.links = {{.name = "l", .a = 0, .b = 1, .wires = 9}};
     },
     "'a' has 9 signals, and bumps for 8 beside power and ground"},
    {[](Problem& p) {
       p.symmetries = {{.vertical = true, .pairs = {{0, 1}}}};
     },
     "'big' (10 mm x 6 mm) and 'a' (4 mm x 4 mm) cannot mirror each other"},
};

}  // namespace

TEST_CASE("a sound problem has no fault, and its connections no obstacle") {
  auto problem = sound();
  problem.alignments = {{{0, 1}, layout::Line::left}, {{1, 2}, layout::Line::centre_y}};
  problem.abutments = {{0, 2, Side::right}};
  problem.symmetries = {{.vertical = true, .pairs = {{1, 2}}, .alone = {0}}};
  problem.links = {{.name = "l",
                    .a = 0,
                    .b = 1,
                    .wires = 100,
                    .phy = layout::Phy{.modules = 2, .width = 2 * mm, .depth = mm, .wires = 50}}};
  problem.bumps = {.pitch = 100 * um};
  CHECK(layout::faults(problem).empty());
  CHECK(layout::obstacles(problem).empty());
}

TEST_CASE("data that mean nothing are said with names and lengths") {
  for (const auto& wrong : meaningless) {
    auto problem = sound();
    wrong.apply(problem);
    const auto faults = layout::faults(problem);
    INFO(wrong.message);
    REQUIRE(faults.size() >= 1);
    CHECK(faults.front().message == wrong.message);
  }
}

TEST_CASE("connections that no placement can make are obstacles, with what is missing") {
  for (const auto& wrong : hopeless) {
    auto problem = sound();
    wrong.apply(problem);
    CHECK(layout::faults(problem).empty());
    const auto found = layout::obstacles(problem);
    INFO(wrong.message);
    REQUIRE(found.size() >= 1);
    CHECK(found.front().message == wrong.message);
    CHECK(found.front().amount > 0);
  }
}
