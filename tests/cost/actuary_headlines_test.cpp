// What Feng & Ma publish (Chiplet Actuary, DAC 2022), with our models and the peer's quirks: the 64-core
// pair, the 5 nm sweep at 800 mm2, and that each quirk of the preset does something.
#include <catch2/catch.hpp>

#include "actuary_system.h"
#include "cost/nre_items.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

// spec/parameter.ini of Yinxiao-Feng/DAC2022.
test::ActuaryNode node(double wafer_usd, double defects_per_cm2, double nre_usd) {
  return {wafer_usd, defects_per_cm2, 10, 300, nre_usd / 600, 0.3 * nre_usd / 300, 0.2 * nre_usd};
}
const auto n5 = node(16988, 0.11, 542e6), n7 = node(9346, 0.09, 298e6), n14 = node(3984, 0.08, 106e6);
const test::ActuaryPackage fan_out{1.2, 0.98, 0.01, 1200, 0.05, 3, 25000, 25000};
const test::ActuaryPackage interposer{1.1, 0.95, 0.01, 1937, 0.06, 6, 33600, 6.72e6};

PackagingParameters<double> packaging(std::string_view kind) {
  if (kind == "organic") return test::actuary_organic({});
  if (kind == "interposer") return test::actuary_advanced({}, interposer, 0, 0);
  return test::actuary_advanced({}, fan_out, 1, kind == "chip-first" ? 1 : 0);
}

// 800 mm2 at 5 nm in so many parts, each a tenth larger for its links.
System<double> split(double parts, std::string_view kind) {
  auto die = test::actuary_die("part", 800 / parts * (parts > 1 ? 1.1 : 1), 1, test::actuary_node(n5), 1);
  std::vector<Die<double>> dies;
  for (int i = 0; i < parts; ++i) dies.push_back(die);  // each a design of its own
  return test::actuary_system(std::move(dies), packaging(kind), n5);
}

double recurring(const System<double>& system, const Quirks& quirks = test::actuary_models().quirks) {
  return test::costed(system, {.quirks = quirks}).unit.recurring / USD;
}

}  // namespace

TEST_CASE("actuary-2022: the 64-core pair, 210.5 USD in chiplets against 421.8 in one die") {
  const auto chiplets = test::actuary_system({test::actuary_die("ccd", 74, 8, test::actuary_node(n7), 1),
                                              test::actuary_die("iod", 416, 1, test::actuary_node(n14), 2)},
                                             packaging("organic"), n7);
  const auto whole = test::actuary_system({test::actuary_die("soc", 896, 1, test::actuary_node(n7), 1)},
                                          packaging("organic"), n7);
  CHECK(recurring(chiplets) == Approx(210.5).epsilon(5e-4));
  CHECK(recurring(whole) == Approx(421.8).epsilon(5e-4));
}

TEST_CASE("actuary-2022: 800 mm2 at 5 nm in one die and in three") {
  const auto whole = test::costed(split(1, "organic"), test::actuary_models()).unit;
  CHECK(whole.recurring / USD == Approx(698.58).epsilon(1e-5));
  CHECK(whole.bad_dies / whole.recurring == Approx(0.548).epsilon(1e-3));
  const auto [kind, change] = GENERATE(table<const char*, double>(
      {{"organic", -0.377}, {"chip-last", -0.283}, {"chip-first", 0.031}, {"interposer", -0.176}}));
  INFO(kind);
  CHECK(recurring(split(3, kind)) / (whole.recurring / USD) - 1 == Approx(change).margin(6e-4));
}

TEST_CASE("actuary-2022: each of its quirks changes cost or NRE somewhere") {
  const auto all = test::actuary_models().quirks;
  std::vector<System<double>> systems{split(1, "organic"), split(3, "organic"), split(3, "chip-last"),
                                      split(3, "chip-first"), split(3, "interposer")};
  for (auto& system : systems) {
    for (auto& die : system.dies) die.count = 2;  // bumps by die type
    system.packaging.carrier_nre_per_area = 25'000 * USD / mm2;
    system.assumptions.reticle_width = 26 * mm;
    system.assumptions.reticle_height = 33 * mm;
    system.packaging.seam_defects = 1e-4 / mm;
    system.test.final = {.time = 100 * s, .rate = 100 * USD / h, .coverage = 0.9};
  }
  for (std::size_t q = 0; q < quirk_rows.size(); ++q) {
    if (!all.has(q)) continue;
    if (quirk_rows[q].id == "actuary-equal-area-package")
      continue;  // of families: evaluation/family_test.cpp
    INFO(quirk_rows[q].id);
    bool changes = false, changes_ours = false;
    for (const auto& system : systems) {
      const auto cost = [&](const Quirks& quirks) {
        return test::costed(system, {.quirks = quirks}).unit.unit / USD;
      };
      changes = changes || cost(all.without(q)) != cost(all);
      changes_ours = changes_ours || cost(Quirks{}.with(q)) != cost({});
    }
    CHECK(changes);
    CHECK(changes_ours);
  }
}

TEST_CASE("NRE item by item is the NRE of the system") {
  for (const auto* kind : {"organic", "chip-last", "interposer"}) {
    const auto system = split(3, kind);
    const auto c = test::costed(system);
    Money<> sum{};
    for (const auto& item : cost::nre_items(system, c.outlines, c.area, {})) sum += item.money;
    CHECK(sum / c.unit.nre_total == Approx(1));
  }
}
