// Bump maps: counted by hand, every signal under its PHY, power and ground in turn.
#include "placement/bumps.h"

#include "placement/pin_case.h"

using namespace marquetry;
using namespace marquetry::test;
using placement::Bump;

namespace {

// Two dies of 2 x 2 mm with a PHY of 1 mm x 0.5 mm each, at a pitch of 0.1 mm: 400 bumps, 50 under the PHY.
Case two_dies(double wires) {
  Case c = on_carrier(10, 10);
  add_die(c, "a", rect(1, 1, 2, 2));
  add_die(c, "b", rect(4, 1, 2, 2));
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .wires = wires, .phy = phy(1, 1, 0.5)}};
  c.problem.links[0].phy->wires = wires;
  c.problem.bumps = {.pitch = 100 * um, .power_share = 0.5, .escape_per_mm = 100};
  c.layout.phys = placement::assign_pins(c.problem, c.layout).phys;
  return c;
}

}  // namespace

TEST_CASE(
    "signals have the bumps under their PHY, from the edge on, and the rest is power and ground in turn") {
  const Case c = two_dies(40);
  const auto plan = placement::plan_bumps(c.problem, c.layout);
  CHECK(plan.complaints.empty());
  REQUIRE(plan.maps.size() == 2);
  const auto& map = plan.maps[0];
  CHECK(map.columns == 20);
  CHECK(map.rows == 20);
  CHECK(map.first == geometry::Point{mm + 50 * um, mm + 50 * um});
  CHECK(map.signals == 40);
  CHECK(map.power + map.ground == 360);
  CHECK(map.power >= 175);
  CHECK(map.ground >= 175);
  const auto& own = c.layout.phys[0];
  REQUIRE(own.die == 0);
  for (std::size_t i = 0; i < map.bumps.size(); ++i) {
    const std::size_t column = i % map.columns, row = i / map.columns;
    const auto at = placement::centre(map, column, row);
    if (map.bumps[i] == Bump::signal) {
      CHECK(geometry::contains(own.rect, {at, at}));
    } else if (column + 1 < map.columns && map.bumps[i + 1] != Bump::signal) {
      CHECK(map.bumps[i] != map.bumps[i + 1]);
    }
  }
  // The two columns next to the edge, 20 bumps under 1 mm, are all signals.
  for (std::size_t row = 0; row < map.rows; ++row) {
    const auto at = placement::centre(map, 19, row);
    CHECK((map.bumps[row * 20 + 19] == Bump::signal) == geometry::contains(own.rect, {at, at}));
  }
}

TEST_CASE("too many signals for the PHY, for power and ground, or for the edge are said") {
  CHECK(placement::plan_bumps(two_dies(60).problem, two_dies(60).layout).complaints ==
        std::vector<std::string>{"10 signals of 'a' find no bump under their PHYs",
                                 "10 signals of 'b' find no bump under their PHYs"});
  Case c = two_dies(40);
  c.problem.bumps.power_share = 0.95;
  CHECK(placement::plan_bumps(c.problem, c.layout).complaints.at(0) ==
        "'a' has 360 of 400 bumps for power and ground, and needs 380");
  c = two_dies(40);
  c.problem.bumps.escape_per_mm = 19;
  const auto plan = placement::plan_bumps(c.problem, c.layout);
  REQUIRE(plan.complaints.size() == 2);
  CHECK(plan.complaints[0] == "40 wires leave 'a' over its right edge, which lets 38 out");
  REQUIRE(plan.escapes.size() == 2);
  CHECK(plan.escapes[0].room == 38);
}

TEST_CASE("a link without a PHY takes the bumps nearest to its partner, and a stacked die has none") {
  Case c = on_carrier(10, 10);
  add_die(c, "a", rect(1, 1, 2, 2));
  add_die(c, "b", rect(5, 1, 2, 2));
  add_die(c, "c", rect(1, 1, 1, 1));
  c.problem.dies[2].on = 0;
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .wires = 20}};
  c.problem.bumps = {.pitch = 100 * um, .power_share = 0.5};
  const auto plan = placement::plan_bumps(c.problem, c.layout);
  REQUIRE(plan.maps.size() == 2);
  CHECK(plan.maps[0].signals == 20);
  for (std::size_t i = 0; i < plan.maps[0].bumps.size(); ++i) {
    if (plan.maps[0].bumps[i] == Bump::signal) CHECK(i % 20 >= 14);
  }
  c.problem.bumps.pitch = 0;
  CHECK(placement::plan_bumps(c.problem, c.layout).maps.empty());
}
