// Greenhouse gases on paper.
#include "carbon/carbon.h"

#include <catch2/catch.hpp>

#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

TEST_CASE("carbon of a die: the wafer's, over the dies that pass") {
  const auto die = test::small_die();
  cost::DieCost<double> cost;
  cost.gross = 100;
  cost.passed = 0.5;
  // 1.5 kg/cm2 on 706.858 cm2 over 50 dies
  CHECK(carbon::die_carbon(die, cost) / kgCO2 == Approx(21.20575));
}

TEST_CASE("carbon of a package and of its use, by hand") {
  auto system = test::small_system();
  const std::vector<Carbon<>> dies{20 * kgCO2};
  area::PackageArea<double> area;
  area.carrier = 500 * mm2;
  area.substrate = 2000 * mm2;
  cost::UnitCost<double> cost;
  cost.starts = {.dies = {1.5}, .parts = 1.25, .carriers = 2, .substrates = 1.1};
  power::PackagePower<double> power;
  power.total = 100 * W;
  const auto out = carbon::carbon<double>(system, dies, area, cost, power);
  CHECK(out.dies / kgCO2 == Approx(60));         // 2 x 1.5 x 20
  CHECK(out.memories / kgCO2 == Approx(4));      // 2 x 1.25 x 16 GB x 0.1
  CHECK(out.packaging / kgCO2 == Approx(1.22));  // 2 x 5 cm2 x 0.1 + 1.1 x 20 cm2 x 0.01
  CHECK(out.embodied / kgCO2 == Approx(65.22));
  // 100 W, half of four years of 8766 h, 0.5 kg a kWh
  CHECK(out.operational / kgCO2 == Approx(0.1 * 0.5 * 4 * 8766 * 0.5));
  system.memories[0].sold_separately = true;
  CHECK(carbon::carbon<double>(system, dies, area, cost, power).memories / kgCO2 == 0);
}
