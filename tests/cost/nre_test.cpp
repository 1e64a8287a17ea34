// What is paid once: every design exactly once.
#include "cost/nre.h"

#include <catch2/catch.hpp>

#include "support/costed.h"

using namespace marquetry;
using namespace marquetry::unit;

TEST_CASE("NRE of a system, by hand") {
  const auto s = test::small_system();
  const auto out = test::costed(s);
  // 300 MUSD for 300 mm2: chip design 0.3 x 100 / 300, masks and tape-out 0.2
  CHECK(cost::die_nre(s, 0, out.outlines[0]) / MUSD == Approx(90));
  // One core: 100 MTr at 100 x 0.5 a mm2, 20 Mbit at 20, 1 mm2 at 0.5: 3.5 mm2, 0.5 of the NRE
  CHECK(cost::module_nre(s, 0, 0) / MUSD == Approx(1.75));
  // One link module 0.5, one memory PHY 13 with its controller 1 mm2
  CHECK(cost::modules_nre<double>(s, out.outlines) / MUSD == Approx(1.75 + 7.25));
  // 1 fixed, 1712.96 mm2 of substrate at 100 USD
  CHECK(cost::package_nre(s, out.area, {}) / MUSD == Approx(1.171296));
  CHECK(out.unit.nre_total / MUSD == Approx(100.171296));
}

TEST_CASE("a carrier has an NRE of its own, a packaging without one has not") {
  auto s = test::small_system();
  s.packaging.carrier_nre_fixed = 6 * MUSD;
  s.packaging.carrier_nre_per_area = 1000 * USD / mm2;
  CHECK(cost::package_nre(s, test::costed(s).area, {}) / MUSD == Approx(1.171296 + 6 + 0.471064));
  s.packaging.carrier_factor = 0;
  CHECK(cost::package_nre(s, test::costed(s).area, {}) / MUSD == Approx(1.171296));
}

TEST_CASE("how often a design is used does not change its NRE") {
  auto s = test::small_system();
  s.memories.clear();
  const double two = test::costed(s).unit.nre_total / USD;
  s.dies[0].count = 4;
  s.dies[0].modules[0].count = 20;
  CHECK(test::costed(s).unit.nre_total / USD ==
        Approx(two + 100 * (2 * 10.1 * 10.1) * 4));  // a larger package
  s.volume *= 10;
  CHECK(test::costed(s).unit.nre * s.volume / USD == Approx(two + 100 * (2 * 10.1 * 10.1) * 4));
}

TEST_CASE("a module that two dies of one node use is designed once, on two nodes twice") {
  auto s = test::small_system();
  s.memories.clear();
  s.networks.clear();
  s.dies[0].node_row = 1;
  s.dies[0].modules[0].row = 5;
  s.dies.push_back(s.dies[0]);
  const auto modules = [&] { return cost::modules_nre<double>(s, test::costed(s).outlines) / MUSD; };
  CHECK(modules() == Approx(1.75));
  s.dies[1].node_row = 2;
  CHECK(modules() == Approx(3.5));
  s.dies[1].node_row = 1;
  s.dies[1].modules[0].row = 6;
  CHECK(modules() == Approx(3.5));
  s.dies[1].modules[0].count = 0;
  CHECK(modules() == Approx(1.75));
}

TEST_CASE("a die that is only an outline is one module") {
  auto s = test::small_system();
  s.memories.clear();
  s.networks.clear();
  s.dies[0].modules.clear();
  CHECK(cost::modules_nre<double>(s, test::costed(s).outlines) / MUSD == Approx(300 * 100 / 300.0 * 0.5));
}
