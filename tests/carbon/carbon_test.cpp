// Greenhouse gases on paper.
#include "carbon/carbon.h"

#include <catch2/catch.hpp>

#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

const Quirks act = find_preset("act-2022")->quirks();

struct Small {
  System<double> system = test::small_system();
  area::DieOutline<double> outline{};
  cost::DieCost<double> die{};
  area::PackageArea<double> area{};
  cost::UnitCost<double> cost{};
  power::PackagePower<double> power{};

  Small() {
    system.volume = 1e4;
    system.assembly_grid = 0.5 * kgCO2 / kWh;
    system.networks.clear();
    system.packaging.bridge_emissions = 0.2 * kgCO2;
    outline.area = 100 * mm2;
    die.gross = 100;
    die.passed = 0.5;
    area.carrier = 500 * mm2;
    area.substrate = 2000 * mm2;
    cost.carrier_taken = 600 * mm2;
    cost.starts.dies = {1.25};
    cost.starts.parts = 1.2;
    cost.starts.carriers = 1.1;
    cost.starts.substrates = 1.05;
    power.total = 100 * W;
  }
  carbon::DieCarbon<double> one(const Quirks& quirks = {}) const {
    return carbon::die_carbon(system, 0, outline, die, quirks);
  }
  carbon::CarbonFigures<double> all(const Quirks& quirks = {}) const {
    const std::vector dies{one(quirks)};
    return carbon::carbon<double>(system, dies, area, cost, power, quirks);
  }
};

}  // namespace

TEST_CASE("carbon of a die: the wafer's, over the dies that pass, by where it arises") {
  const auto die = Small{}.one();
  // 706.858 cm2 over 50 dies; 2 kWh x 0.5 kg, gases half way from 0.3 to 0.1, materials 0.3 kg a cm2
  CHECK(die.made.electricity / kgCO2 == Approx(14.13717));
  CHECK(die.made.gases / kgCO2 == Approx(14.13717 * 0.2));
  CHECK(die.made.materials / kgCO2 == Approx(14.13717 * 0.3));
  CHECK(die.made.all() / kgCO2 == Approx(21.20575));
  // 100 mm2 of 100 million transistors at 36 J: 1e5 kWh of 0.4 kg
  CHECK(die.design / kgCO2 == Approx(40'000));
}

TEST_CASE("carbon of a package and of its use, by hand") {
  Small small;
  const auto out = small.all();
  CHECK(out.dies / kgCO2 == Approx(2 * 1.25 * 21.20575));
  CHECK(out.memories / kgCO2 == Approx(1.2 * 3.2));  // 2 x 16 GB x 0.1
  // 6 cm2 of the carrier's wafer x 0.1, 20 cm2 of substrate x 0.01, 2 bridges x 0.2, 4.9 bonds of 0.1 kWh x
  // 0.5
  CHECK(out.packaging / kgCO2 == Approx(1.1 * 0.6 + 1.05 * 0.2 + 1.2 * 0.4 + 4.9 * 0.05));
  CHECK(out.design / kgCO2 == Approx(4));
  CHECK(out.embodied.si() == Approx((out.dies + out.memories + out.packaging + out.design).si()));
  CHECK(out.scopes.all().si() == Approx(out.embodied.si()));
  CHECK(out.scopes.gases / kgCO2 == Approx(2 * 1.25 * 14.13717 * 0.2));
  CHECK(out.scopes.electricity / kgCO2 == Approx(2 * 1.25 * 14.13717 + 4.9 * 0.05 + 4));
  CHECK(out.price / USD == Approx(out.embodied / kgCO2 * 0.1));
  // 100 W, half of four years of 8766 h, 0.5 kg a kWh
  CHECK(out.operational / kgCO2 == Approx(0.1 * 0.5 * 4 * 8766 * 0.5));
  small.system.memories[0].sold_separately = true;
  CHECK(small.all().memories / kgCO2 == 0);
}

TEST_CASE("under ACT's preset a package has ACT's carbon, by hand") {
  const auto out = Small{}.all(act);
  // Two dies of 1 cm2 over 0.875: 1 kg electricity, 0.2 gases, 0.5 materials; 32 GB x 0.1; 150 g a package
  CHECK(out.dies / kgCO2 == Approx(2 * 1.7 / 0.875).epsilon(1e-12));
  CHECK(out.embodied / kgCO2 == Approx(2 * 1.7 / 0.875 + 3.2 + 0.15).epsilon(1e-12));
}

TEST_CASE("each quirk of ACT's changes what is embodied, with the others on and without them") {
  const Small small;
  for (std::size_t i = 0; i < quirk_rows.size(); ++i) {
    if (!find_preset("act-2022")->owns(quirk_rows[i])) continue;
    INFO(quirk_rows[i].id);
    CHECK(small.all(Quirks{}.with(i)).embodied.si() != small.all().embodied.si());
    if (quirk_rows[i].id == "act-no-loss" || quirk_rows[i].id == "act-no-design") continue;
    CHECK(small.all(act.without(i)).embodied.si() != small.all(act).embodied.si());
  }
  CHECK(small.all(act.without(quirk("act-no-loss"))).dies > small.all(act).dies);
  CHECK(small.all(act.without(quirk("act-no-design"))).design > small.all(act).design);
}

TEST_CASE("carbon falls with abatement and with yield") {
  Small small;
  const auto before = small.all();
  small.system.assumptions.abatement = 0.99;
  const auto abated = small.all();
  CHECK(abated.scopes.gases / before.scopes.gases == Approx(0.5));
  small.die.passed = 0.6;
  CHECK(small.all().dies < abated.dies);
}
