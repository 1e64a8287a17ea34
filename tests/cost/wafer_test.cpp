// Dies on a wafer as the models see them: over any number type, and from a workspace. How they are placed:
// tests/wafer/placement_test.cpp.
#include "cost/wafer.h"

#include <catch2/catch.hpp>

#include "support/property.h"

using namespace marquetry;

TEST_CASE("over intervals the dies on a wafer contain every point") {
  using namespace marquetry::unit;
  AssumptionParameters<Interval> rules;
  rules.scribe = 0.1 * mm;
  rules.edge_exclusion = 3 * mm;
  AssumptionParameters<double> plain;
  plain.scribe = 0.1 * mm;
  plain.edge_exclusion = 3 * mm;
  test::check_property([&] {
    const double low = *rc::gen::inRange(2, 20), high = low + *rc::gen::inRange(0, 10);
    const double side = low + (high - low) * 0.01 * *rc::gen::inRange(0, 101);
    const auto open = Length<Interval>::from_si({(low * mm).si(), (high * mm).si()});
    const auto range = cost::gross_dies(open, open, Length<Interval>(300 * mm), rules);
    RC_ASSERT(contains(range, cost::gross_dies<double>(side * mm, side * mm, 300 * mm, plain)));
    // Also where the wafer is open: every wafer between 200 and 300 mm.
    const auto wafers = Length<Interval>::from_si({(200 * mm).si(), (300 * mm).si()});
    const auto any = cost::gross_dies(open, open, wafers, rules);
    for (const double wafer : {200.0, 240.0, 300.0}) {
      RC_ASSERT(contains(any, cost::gross_dies<double>(side * mm, side * mm, wafer * mm, plain)));
    }
  });
}

TEST_CASE("a reticle-sized die on 300 mm, with and without a workspace: the optimum, not one less") {
  using namespace marquetry::unit;
  AssumptionParameters<double> rules;
  rules.scribe = 0.13 * mm;
  rules.edge_exclusion = 0.1 * mm;
  wafer::Workspace workspace;
  CHECK(cost::gross_dies<double>(26 * mm, 33 * mm, 300 * mm, rules) == 66);
  for (int i = 0; i < 2; ++i) {
    CHECK(cost::gross_dies<double>(26 * mm, 33 * mm, 300 * mm, rules, {.workspace = &workspace}) == 66);
    CHECK(cost::gross_dies<double>(4 * mm, 30 * mm, 300 * mm, rules, {.workspace = &workspace}) == 496);
  }
}
