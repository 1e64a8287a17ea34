// Bumps that dies need against the sites below them, by hand and as a property of what is reported.
#include <catch2/catch.hpp>
#include <cmath>

#include "delivery/deliver.h"

namespace marquetry::delivery {
namespace {

// Two like dies of 4 x 4 mm on one plane, fed evenly: 10 A and 20 A of 1 V, bumps of 50 mA and 1 mohm.
Case two_dies(double pitch, double signals) {
  const Box package{0, 0, 0.012, 0.006}, left{0.001, 0.001, 0.004, 0.004}, right{0.007, 0.001, 0.004, 0.004};
  Case out{.name = "two", .plane = {12, 6, 0.012, 0.006}};
  const double all = std::floor(0.004 * 0.004 / (pitch * pitch));
  Net net{.name = "core", .voltage = 1};
  net.supply.layers = {{"plane", {{"plane", package, 1e-6}}},
                       {"dies", {{"die[0]", left, 1e-6}, {"die[1]", right, 1e-6}}}};
  for (std::size_t d = 0; d < 2; ++d) {
    const auto& rect = d == 0 ? left : right;
    out.sites.push_back(
        {.die = d == 0 ? "die[0]" : "die[1]", .kind = "die", .pitch = pitch, .all = all, .signals = signals});
    net.supply.joints.push_back({.name = "bumps of " + out.sites[d].die,
                                 .region = d,
                                 .patches = {{rect, 1}},
                                 .count = std::max(1.0, std::floor(out.sites[d].available() / 2)),
                                 .resistance = 0.001,
                                 .limit = 0.05});
    net.loads.push_back(
        {.die = out.sites[d].die, .layer = 1, .region = d, .rect = rect, .current = d == 0 ? 10.0 : 20.0});
  }
  net.supply.feeds = {{"regulator", 0, package, 1e-6}};
  out.nets.push_back(std::move(net));
  return out;
}

TEST_CASE("a die has room for its bumps where those for both ways of its current stand beside its signals") {
  // Evenly drawn: 10 A / 50 mA = 200 and 400 of the supply, as many of the ground; 400 sites at 200 um.
  const auto report = deliver(two_dies(200e-6, 100));
  REQUIRE(report.rooms.size() == 2);
  for (std::size_t d = 0; d < 2; ++d) {
    const double hand = d == 0 ? 400 : 800;
    CHECK(report.rooms[d].needed >= hand);
    CHECK(report.rooms[d].needed <= 1.03 * hand);
    CHECK(report.rooms[d].least_area == Approx((report.rooms[d].needed + 100) * 200e-6 * 200e-6));
  }
  std::vector<std::string> bumps;
  for (const auto& v : report.violations)
    if (v.kind == Violation::Kind::bumps) {
      bumps.push_back(v.subject);
      CHECK(v.limit == 400);
      CHECK(v.value > 400);
      CHECK(v.hint.find("mm2") != std::string::npos);
    }
  CHECK(bumps == std::vector<std::string>{"die[0]", "die[1]"});
}

TEST_CASE(
    "at the pitch that is named, a little finer for whole rows, the bumps have room and all limits hold") {
  const auto coarse = deliver(two_dies(200e-6, 100));
  const double pitch = 0.99 * std::min(coarse.rooms[0].widest_pitch, coarse.rooms[1].widest_pitch);
  const auto fine = deliver(two_dies(pitch, 100));
  CHECK(fine.violations.empty());
  REQUIRE(fine.rooms.size() == 2);
  for (const auto& room : fine.rooms) CHECK(room.holds(two_dies(pitch, 100).sites[room.sites]));
}

TEST_CASE("signals that leave no room are counted, and of dies alike the busiest is enough") {
  const auto crowded = two_dies(50e-6, 6300);  // of 6400
  const auto all = deliver(crowded), busiest = deliver(crowded, {.each_kind = true});
  REQUIRE(all.rooms.size() == 2);
  CHECK_FALSE(all.rooms[0].holds(crowded.sites[0]));
  const auto room_of = [&](const Report& report) {
    return std::ranges::find(report.rooms, std::size_t{1}, &BumpRoom::sites);
  };
  REQUIRE(room_of(busiest) != busiest.rooms.end());
  CHECK(room_of(busiest)->needed == room_of(all)->needed);
  const auto roomy = two_dies(50e-6, 100);
  CHECK(deliver(roomy, {.each_kind = true}).rooms.size() == 1);
}

TEST_CASE("a load at the rim of its die, thinner than half a cell, is drawn beside it and not lost") {
  auto given = two_dies(50e-6, 100);
  given.plane.columns = 5;  // cells of 2.4 mm: the left die is none but the first
  given.plane.rows = 3;
  auto& net = given.nets[0];
  const auto before = faults(given.plane, net).size();
  net.loads.push_back(
      {.die = "die[1]", .layer = 1, .region = 1, .rect = {0.007, 0.001, 1e-5, 0.004}, .current = 1});
  CHECK(faults(given.plane, net).size() == before);
  const auto made = flow(given.plane, net, given.limits);
  CHECK(made.current == Approx(31));
  CHECK(made.joints[1].current == Approx(21).margin(0.01));
  net.loads.back().rect = {0, 0, 1e-5, 1e-5};  // nowhere near
  CHECK(faults(given.plane, net).size() == before + 1);
}

}  // namespace
}  // namespace marquetry::delivery
