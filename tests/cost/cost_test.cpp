// From wafer to shipped package: a die and a package on paper, and the books that must balance.
#include <catch2/catch.hpp>

#include "support/costed.h"
#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

using test::costed;

// Of one to three dies of 20 ... 600 mm2, whatever the test flow.
System<double> drawn_system() {
  const auto share = [] { return 0.01 * *rc::gen::inRange(0, 101); };
  auto s = test::small_system();
  s.dies[0].given_area = *rc::gen::inRange(20, 600) * mm2;
  s.dies[0].count = *rc::gen::inRange(1, 4);
  s.dies[0].node.defect_density = (0.01 + share()) / cm2;
  s.memories[0].stacks = *rc::gen::inRange(0, 4);
  s.packaging.chip_first = *rc::gen::inRange(0, 2);
  s.packaging.bond_yield = 0.9 + 0.1 * share();
  s.test.sort.coverage = share();
  s.test.final.coverage = share();
  return s;
}

}  // namespace

TEST_CASE("a die of which one unit of two must work, by hand") {
  // 100 mm2 at 0.1 defects a cm2, alpha 3; two units of 20 mm2. Y(x) = (1 + x/3)^-3.
  // Sold: both good or one: 2 Y(0.08) - Y(0.1) = 2 0.9240843 - 0.9063140.
  auto system = test::small_system();
  auto& die = system.dies[0];
  ModuleParameters<double> unit;
  unit.measured = 20 * mm2;
  die.modules = {{.module = unit, .count = 2, .active = 1}};
  die.harvested = 0;
  const auto harvested = costed(system).dies[0];
  CHECK(harvested.whole == Approx(0.9063140));
  CHECK(harvested.yield == Approx(0.9418547));
  die.harvested.reset();
  const auto plain = costed(system).dies[0];
  CHECK(plain.yield == plain.whole);
  CHECK(harvested.known_good < plain.known_good);
  // Units that the given area does not hold share all of it.
  die.modules[0].module.measured = 80 * mm2;
  die.harvested = 0;
  CHECK(costed(system).dies[0].yield > harvested.yield);
}

TEST_CASE("a known good die of 100 mm2, by hand") {
  const auto die = costed(test::small_system()).dies[0];
  CHECK(die.gross == 616);                  // 10 x 10 mm and 0.1 mm streets on a usable radius of 147 mm
  CHECK(die.yield == Approx(0.9063140));    // (1 + 0.1 / 3)^-3
  CHECK(die.passed == Approx(0.9156826));   // 1 - 0.9 (1 - 0.9063140)
  CHECK(die.quality == Approx(0.9897687));  // 0.9063140 / 0.9156826
  // (9000 / 616 + 30 s of 120 USD/h) / 0.9156826 = (14.61039 + 1) / 0.9156826
  CHECK(die.known_good / USD == Approx(17.047817));
}

TEST_CASE("a package of two dies and two stacks, by hand") {
  const auto [outlines, dies, area, unit] = costed(test::small_system());
  // With their gaps: 2 x 10.1 x 10.1 + 2 x 11.1 x 10.1
  CHECK(area.footprint / mm2 == Approx(428.24));
  CHECK(area.carrier / mm2 == Approx(471.064));
  CHECK(area.substrate / mm2 == Approx(1712.96));
  CHECK(unit.dies[0] / USD == Approx(34.095634));  // 2 x 17.047817
  CHECK(unit.memories[0] / USD == Approx(320));    // 2 x 16 GB x 10 USD
  // 2000 / 121 carriers of 21.7 mm, over their yield (1 + 0.05 x 4.71064 / 6)^-6 = 0.7937184
  CHECK(unit.carrier / USD == Approx(16.528926 / 0.7937184));
  CHECK(unit.substrate / USD == Approx(17.1296));
  // Four bonds at 1, three bridges at 3 (one link, two stacks), lid and balls 20, cooling 50
  CHECK(unit.assembly / USD == Approx(4 + 9 + 20 + 50));
  CHECK(unit.test / USD == Approx(120));
  CHECK(unit.assembly_yield == Approx(0.9413841));  // 0.99^4 x 0.98
  // Good: 0.9897687^2 x 0.999^2 x 0.9413841 = 0.9203760; shipped: 1 - 0.95 (1 - 0.9203760)
  CHECK(unit.shipped == Approx(0.9243572).epsilon(1e-6));
  CHECK(unit.quality == Approx(0.9203760 / 0.9243572).epsilon(1e-6));
  const double started = 34.095634 + 320 + 16.528926 / 0.7937184 + 17.1296 + 83 + 120;
  CHECK(unit.recurring / USD == Approx(started / 0.9243572).epsilon(1e-6));
  CHECK(unit.starts.dies[0] == Approx(1 / 0.9243572).epsilon(1e-6));
  CHECK(unit.starts.carriers == Approx(1 / 0.9243572 / 0.7937184).epsilon(1e-6));
  CHECK(unit.nre / USD == Approx(1001.71296));  // see nre_test.cpp
  // Escapes: of each good package 0.05 (1 / 0.9203760 - 1) bad ones are shipped, each of which costs 1000.
  CHECK(unit.per_good_unit / USD == Approx(started / 0.9203760 + 0.05 * (1 / 0.9203760 - 1) * 1000 +
                                           1001.71296 * (1 + 0.05 * (1 / 0.9203760 - 1)))
                                        .epsilon(1e-6));
}

TEST_CASE("a perfect wafer sort passes good dies only; none at all passes every die") {
  auto s = test::small_system();
  s.test.sort.coverage = 1;
  s.test.sort.time = 0 * unit::s;
  const auto perfect = costed(s).dies[0];
  CHECK(perfect.quality == Approx(1));
  CHECK(perfect.passed == Approx(perfect.yield));
  CHECK(perfect.known_good / USD == Approx(9000 / 616.0 / perfect.yield));
  s.test.sort.coverage = 0;
  const auto none = costed(s).dies[0];
  CHECK(none.passed == Approx(1));
  CHECK(none.quality == Approx(none.yield));
  CHECK(none.known_good / USD == Approx(9000 / 616.0));
}

TEST_CASE("what passes is good with the stated quality: no die is lost between the two") {
  test::check_property([] {
    const auto die = costed(drawn_system()).dies[0];
    RC_ASSERT(die.quality >= die.yield * (1 - 1e-12) && die.quality <= 1 + 1e-12);
    RC_ASSERT(std::abs(die.passed * die.quality - die.yield) < 1e-12);
  });
}

TEST_CASE("the items of a unit add up to its cost, and money spent is money in shipped units") {
  test::check_property([] {
    const auto out = costed(drawn_system()).unit;
    Money<> started = out.carrier + out.substrate + out.assembly + out.test;
    for (const auto& item : out.dies) started += item;
    for (const auto& item : out.memories) started += item;
    const double recurring = out.recurring / USD;
    RC_ASSERT(std::abs((started + out.scrap()) / USD - recurring) <= 1e-12 * recurring);
    RC_ASSERT(std::abs(started / USD - recurring * out.shipped) <= 1e-12 * recurring);
    RC_ASSERT(out.unit / USD == (out.recurring + out.nre) / USD);
    RC_ASSERT(out.per_good_unit / USD >= out.unit / USD * (1 - 1e-12));
    RC_ASSERT(out.scrap() / USD >= 0);
    RC_ASSERT(out.quality <= 1 + 1e-12 && out.shipped <= 1 + 1e-12);
  });
}

TEST_CASE("chip-first loses the dies with a bad carrier, chip-last only the carrier") {
  auto s = test::small_system();
  const auto last = costed(s);
  s.packaging.chip_first = 1;
  const auto first = costed(s);
  // (1 + 0.05 x 4.71064 / 6)^-6
  const double carrier_yield = 0.7937184;
  CHECK(last.unit.carrier / USD == Approx(16.528926 / carrier_yield));
  CHECK(first.unit.carrier / USD == Approx(16.528926));  // every carrier is used
  CHECK(first.unit.assembly_yield == Approx(last.unit.assembly_yield * carrier_yield));
  // With a carrier of no defects the two are one.
  s.packaging.carrier_defects = 0.0 / cm2;
  const double best = costed(s).unit.recurring / USD;
  s.packaging.chip_first = 0;
  CHECK(costed(s).unit.recurring / USD == Approx(best));
  // With a bad one and dear dies, chip-first is the dearer way.
  CHECK(first.unit.recurring / last.unit.recurring > 1.15);
  // By hand: good packages 0.9203760 x 0.7937184 = 0.7305193, shipped 1 - 0.95 (1 - 0.7305193) = 0.7439934.
  CHECK(first.unit.recurring / USD ==
        Approx((34.095634 + 320 + 16.528926 + 17.1296 + 83 + 120) / 0.7439934).epsilon(1e-6));
}

TEST_CASE("memory that is sold separately is no part of the unit's cost") {
  auto s = test::small_system();
  s.memories[0].sold_separately = true;
  const auto out = costed(s).unit;
  CHECK(out.memories[0] / USD == 0);
}

TEST_CASE("a die that stands on another takes no room on the package") {
  auto s = test::small_system();
  s.memories.clear();
  s.networks.clear();
  auto top = s.dies[0];
  top.id = "cache";
  top.parent = 0;
  top.stacking = s.packaging;
  top.stacking.bond_yield = 0.9;
  s.dies.push_back(top);
  const auto out = costed(s);
  CHECK(out.area.silicon / mm2 == Approx(400));
  CHECK(out.area.footprint / mm2 == Approx(2 * 10.1 * 10.1));
  CHECK(out.unit.assembly_yield == Approx(0.99 * 0.99 * 0.9 * 0.9 * 0.98));  // each die at its own joint
}

TEST_CASE("a bridge a link of the package; a stack needs none for its own links") {
  auto s = test::small_system();
  s.memories.clear();
  const auto assembly = [&] { return costed(s).unit.assembly / USD; };
  s.networks[0].graph.links = 7;  // six dies in a mesh
  CHECK(assembly() == Approx(2 + 7 * 3 + 20 + 50));
  auto top = s.dies[0];
  top.parent = 0;
  top.stacking = s.packaging;
  s.dies.push_back(top);
  s.networks[0].from = 1;
  CHECK(assembly() == Approx(4 + 20 + 50));
}

TEST_CASE("a die's outline comes from its contents, or is given") {
  auto s = test::small_system();
  s.dies[0].given_area.reset();
  s.dies[0].aspect = 4;
  // Ten modules: logic 1000 MTr at 100 x 0.5 a mm2 = 20 mm2, SRAM 200 Mbit at 20 = 10 mm2, analog 10 x 0.5 =
  // 5 mm2. One memory PHY of 13 mm2 with a controller of 50 MTr = 1 mm2; four link modules of 0.5 mm2 = 2
  // mm2.
  auto outline = area::die_outline(s, 0);
  CHECK(outline.area / mm2 == Approx(51));
  CHECK(outline.width / outline.height == Approx(4));
  CHECK(outline.width * outline.height / mm2 == Approx(51));
  CHECK(outline.beachfront / mm == Approx(8 + 4 * 0.4));
  CHECK(outline.signal_bumps == Approx(1700 + 4 * 156));
  s.dies[0].given_width = 12 * mm;
  s.dies[0].given_height = 5 * mm;
  outline = area::die_outline(s, 0);
  CHECK(outline.area / mm2 == Approx(60));
  CHECK(outline.height / mm == Approx(5));
}
