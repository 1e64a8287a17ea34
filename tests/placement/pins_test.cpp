// PHYs along the edges of placed dies: by hand, against the legality checker, and against all alternatives.
#include <catch2/catch.hpp>
#include <limits>

#include "base/rng.h"
#include "placement/pin_case.h"
#include "placement/pin_positions.h"

using namespace marquetry;
using namespace marquetry::test;
using geometry::Side;

TEST_CASE("modules of two dies side by side face each other, module by module, straight across the gap") {
  Case c = on_carrier(30, 20);
  add_die(c, "a", rect(2, 2, 10, 12));
  add_die(c, "b", rect(13, 4, 8, 12));
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .phy = phy(4, 2)}};
  c.problem.links[0].phy->faces = true;
  c.problem.links[0].phy->reach = mm;
  const auto pins = legal_pins(c);
  CHECK(pins.lengths[0].modules == 4);
  CHECK(pins.lengths[0].longest == mm);
  CHECK(pins.lengths[0].total == 4.0 * mm);
  CHECK(placement::phy_wire(c.problem, pins) == 400.0 * mm);
  CHECK(pins.crossings == 0);
  // 8 mm in the middle of the common 10, from y = 4 to 14.
  CHECK(pins.phys.front().rect == rect(11, 5, 1, 2));
}

TEST_CASE(
    "an accelerator among memories: every PHY faces, at the edge that its maker chose, and no wires cross") {
  Case c = on_carrier(50, 40);
  add_die(c, "gpu", rect(15, 8, 20, 24));
  c.problem.dies[0].corner = 300 * um;
  for (int i = 0; i < 4; ++i) {
    const bool left = i % 2 == 0;
    add_die(c, "hbm", rect(left ? 6 : 36, i < 2 ? 8.5 : 20.5, 8, 11));
    c.problem.dies.back().is_memory = true;
    // The maker's edge is the left one: at the gpu's left the memory is turned.
    c.layout.dies.back().rotation = left ? geometry::Rotation::r180 : geometry::Rotation::r0;
    c.problem.links.push_back(
        {.name = "hbm" + std::to_string(i), .a = 0, .b = static_cast<std::size_t>(i) + 1, .phy = phy(8, 1)});
    auto& link = *c.problem.links.back().phy;
    link.side_b = Side::left;
    link.faces = true;
    link.reach = 2 * mm;
  }
  add_die(c, "io", rect(18, 33, 14, 5));
  c.problem.links.push_back({.name = "io", .a = 5, .b = 0, .phy = phy(6, 2)});
  c.problem.externals = {{.name = "pcie", .die = 5, .modules = 4, .width = 2 * mm, .depth = mm}};
  const auto pins = legal_pins(c);
  CHECK(pins.crossings == 0);
  for (std::size_t l = 0; l < 5; ++l) CHECK(pins.lengths[l].longest == mm);
  for (const auto& placed : pins.phys) {
    if (placed.external) CHECK(placed.side == Side::top);  // away from the gpu, towards the near edge
  }
}

TEST_CASE("what does not fit at the facing edges goes round the corner, without crossing") {
  Case c = on_carrier(40, 40);
  add_die(c, "a", rect(5, 5, 10, 4));
  add_die(c, "b", rect(16, 5, 10, 4));
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .phy = phy(5, 1.5, 0.5)}};
  const auto pins = legal_pins(c);
  CHECK(pins.lengths[0].modules == 5);
  CHECK(pins.crossings == 0);
  CHECK(pins.lengths[0].longest > mm);
  const auto facing =
      std::ranges::count_if(pins.phys, [](const auto& placed) { return placed.side == Side::right; });
  CHECK(facing == 2);  // of 1.5 mm on an edge of 4
}

TEST_CASE("modules keep clear of corners, TSV zones and stitch lines") {
  Case c = on_carrier(40, 40);
  add_die(c, "a", rect(5, 5, 10, 20));
  add_die(c, "b", rect(16, 5, 10, 20));
  c.problem.dies[0].corner = mm;
  c.problem.dies[0].tsv_zones = {rect(9, 8, 0.5, 2)};  // within the depth of the PHYs, at y = 13 to 15
  c.problem.carrier.stitch_y = {11 * mm, 18 * mm};
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .phy = phy(6, 2.0)}};
  c.problem.links[0].phy->faces = true;
  const auto pins = legal_pins(c);
  CHECK(pins.lengths[0].longest == mm);
}

TEST_CASE("where the beachfront does not suffice, the die, the edge and the length are named") {
  Case c = on_carrier(40, 20);
  add_die(c, "big", rect(2, 2, 10, 12));
  add_die(c, "small", rect(13, 4, 5, 5));
  c.problem.links = {{.name = "l", .a = 0, .b = 1, .phy = phy(4, 2)}};
  c.problem.links[0].phy->side_b = Side::left;
  auto pins = placement::assign_pins(c.problem, c.layout);
  REQUIRE(pins.shortages.size() == 1);
  CHECK(pins.shortages[0].message ==
        "the left edge of 'small' has no room for 2 modules of 'l': 4 mm are missing");
  CHECK(pins.shortages[0].die == 1);
  CHECK(pins.shortages[0].side == Side::left);
  CHECK(pins.shortages[0].missing == 4 * mm);
  CHECK(pins.lengths[0].modules == 2);

  c.problem.links[0].phy->side_b.reset();
  c.problem.links[0].phy->faces = true;
  c.layout.dies[1].low = {20 * mm, 15 * mm};
  pins = placement::assign_pins(c.problem, c.layout);
  REQUIRE(pins.shortages.size() == 1);
  CHECK(pins.shortages[0].message ==
        "'big' and 'small' do not stand so that 'l' can face: 4 modules of 2 mm");

  c.problem.links.clear();
  c.problem.externals = {{.name = "ddr", .die = 1, .modules = 9, .width = 2 * mm, .depth = 500 * um}};
  pins = placement::assign_pins(c.problem, c.layout);
  REQUIRE(pins.shortages.size() == 1);
  CHECK(pins.shortages[0].message ==
        "the edges of 'small' have no room for 1 modules of 'ddr': 2 mm are missing");
}

TEST_CASE("a row of neighbours has no crossing wires, each at the least length") {
  for (const bool upright : {false, true}) {
    Case c = on_carrier(60, 60);
    for (int i = 0; i < 5; ++i) {
      const double at = 3 + 9.0 * i, off = i % 2 == 0 ? 5 : 7;
      add_die(c, "d", upright ? rect(off, at, 8, 8) : rect(at, off, 8, 8));
    }
    for (std::size_t i = 0; i < 4; ++i)
      c.problem.links.push_back({.name = "l", .a = i, .b = i + 1, .phy = phy(3, 1.5)});
    const auto pins = legal_pins(c);
    CHECK(pins.crossings == 0);
    for (const auto& length : pins.lengths) CHECK(length.longest == mm);
  }
}

TEST_CASE("neighbours and diagonals of a plane graph are wired without a crossing") {
  std::size_t crossings = 0, wires = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    Rng rng = Rng{5}.fork(i);
    Case c = on_carrier(80, 80);
    const auto mms = [&](std::uint64_t from, std::uint64_t below) {
      return static_cast<double>(from + rng.below(below));
    };
    for (std::size_t d = 0; d < 9; ++d) {
      add_die(c, "d",
              rect(2 + 18.0 * static_cast<double>(d % 3) + mms(0, 5),
                   2 + 18.0 * static_cast<double>(d / 3) + mms(0, 5), mms(8, 6), mms(8, 6)));
    }
    const auto join = [&](std::size_t a, std::size_t b) {
      c.problem.links.push_back({.name = "l", .a = a, .b = b, .phy = phy(1 + rng.below(3), 1, 0.5)});
    };
    for (std::size_t d = 0; d < 9; ++d) {
      if (d % 3 > 0) join(d - 1, d);
      if (d >= 3) join(d - 3, d);
      if (d % 3 > 0 && d >= 3) rng.below(2) == 0 ? join(d - 4, d) : join(d - 3, d - 1);
    }
    const auto pins = legal_pins(c);
    crossings += pins.crossings;
    for (const auto& length : pins.lengths) wires += length.modules;
  }
  CHECK(wires > 1500);
  CHECK(crossings == 0);
}

TEST_CASE("a die beyond the corner of a long edge is reached straight, not round its own corner") {
  Case c = on_carrier(40, 40);
  add_die(c, "io", rect(5, 5, 24, 10));
  add_die(c, "core", rect(5, 16, 10, 7));
  c.problem.links = {{.name = "l", .a = 1, .b = 0, .phy = phy(1, 2)}};
  const auto pins = legal_pins(c);
  CHECK(pins.lengths[0].longest == mm);
  CHECK(pins.phys[0].side == Side::bottom);
  CHECK(pins.phys[1].side == Side::top);
}

TEST_CASE("any placed dies: what the pins say they placed keeps every rule of PHYs") {
  std::size_t placed = 0, short_of = 0, links = 0;
  for (std::uint64_t i = 0; i < 150; ++i) {
    Rng rng = Rng{17}.fork(i);
    const auto mms = [&](std::uint64_t from, std::uint64_t below) {
      return static_cast<double>(from + rng.below(below));
    };
    Case c = on_carrier(60, 60);
    const std::size_t side = 2 + rng.below(2);
    for (std::size_t d = 0; d < side * side; ++d) {
      const double pitch = 18;
      add_die(c, "d" + std::to_string(d),
              rect(2 + pitch * static_cast<double>(d % side) + mms(0, 5),
                   2 + pitch * static_cast<double>(d / side) + mms(0, 5), mms(4, 8), mms(4, 8)));
      c.problem.dies.back().corner = static_cast<geometry::Nanometre>(rng.below(2)) * 500 * um;
      if (rng.below(3) == 0) c.problem.dies.back().tsv_zones = {rect(mms(0, 3), mms(0, 3), 1, 2)};
    }
    if (rng.below(2) == 0) c.problem.carrier.stitch_x = {rect(mms(2, 50), 0, 0, 0).low.x};
    if (rng.below(2) == 0) c.problem.carrier.stitch_y = {rect(mms(2, 50), 0, 0, 0).low.x};
    const std::size_t dies = c.problem.dies.size();
    for (std::size_t l = 0; l < 6; ++l) {
      const std::size_t a = rng.below(dies), b = (a + 1 + rng.below(dies - 1)) % dies;
      c.problem.links.push_back({.name = "l" + std::to_string(l),
                                 .a = a,
                                 .b = b,
                                 .phy = phy(1 + rng.below(4), 0.5 * mms(1, 4), 0.5 * mms(1, 3))});
    }
    c.problem.externals = {
        {.name = "e", .die = rng.below(dies), .modules = 1 + rng.below(3), .width = mm, .depth = mm}};
    const auto pins = placement::assign_pins(c.problem, c.layout);
    c.layout.phys = pins.phys;
    auto rules = broken(c);
    CHECK((rules.erase("modules") == 0 || !pins.shortages.empty()));
    CHECK(rules.empty());
    std::size_t wanted = 0, found = 0;
    for (std::size_t l = 0; l < c.problem.links.size(); ++l) {
      wanted += c.problem.links[l].phy->modules;
      found += pins.lengths[l].modules;
    }
    CHECK((found == wanted || !pins.shortages.empty()));
    pins.shortages.empty() ? ++placed : ++short_of;
    links += found;
  }
  CHECK(placed > 90);
  CHECK(links > 1500);
}

namespace {

// The least sum of distances of any positions on a small grid, by trying all.
geometry::Nanometre brute(const std::vector<geometry::Nanometre>& targets,
                          const std::vector<geometry::Nanometre>& widths, placement::Interval within,
                          std::size_t i = 0) {
  if (i == targets.size()) return 0;
  auto least = std::numeric_limits<geometry::Nanometre>::max() / 2;
  for (auto at = within.low; at + widths[i] <= within.high; ++at) {
    least = std::min(
        least, std::abs(at - targets[i]) + brute(targets, widths, {at + widths[i], within.high}, i + 1));
  }
  return least;
}

}  // namespace

TEST_CASE("positions in a given order are as near to their targets as any") {
  for (std::uint64_t i = 0; i < 200; ++i) {
    Rng rng = Rng{3}.fork(i);
    std::vector<geometry::Nanometre> targets, widths;
    for (std::uint64_t k = 0; k < 1 + rng.below(4); ++k) {
      targets.push_back(static_cast<geometry::Nanometre>(rng.below(16)) - 2);
      widths.push_back(static_cast<geometry::Nanometre>(1 + rng.below(3)));
    }
    const placement::Interval within{0, 14};
    const auto positions = placement::nearest_positions(targets, widths, within);
    geometry::Nanometre sum = 0, end = within.low;
    for (std::size_t k = 0; k < targets.size(); ++k) {
      CHECK(positions[k] >= end);
      end = positions[k] + widths[k];
      sum += std::abs(positions[k] - targets[k]);
    }
    CHECK(end <= within.high);
    CHECK(sum == brute(targets, widths, within));
  }
}
