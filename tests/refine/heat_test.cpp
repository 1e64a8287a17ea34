// Heat of placed systems on the grid: what goes in goes out, hot spots lie above the mean, limits are named.
#include "refine/heat.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "evaluation/assess.h"
#include "refine/refine.h"
#include "refine/subject.h"
#include "thermal/heat.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::Subject;

namespace {

constexpr double freezing = unit::freezing_point / unit::K;

struct Placed {
  Subject subject;
  refine::Refined refined;
  explicit Placed(const std::string& name, std::uint64_t steps = 3000) : subject{name} {
    Diagnostics diagnostics;
    refined = *refine::refine(subject.prepared, subject.choice, subject.system, subject.analytic,
                              {.steps = steps}, diagnostics);
  }
  const Heated& heated() const { return *refined.physical.heated; }
  Evaluation<double> evaluation() const {
    return evaluate(subject.system, refined.physical, subject.analytic, subject.prepared.models);
  }
};

double watts(const Heated& heated) {
  double sum = 0;
  for (const auto& die : heated.dies) sum += die.power / W;
  return sum;
}

}  // namespace

TEST_CASE("every design of the project is heated on the grid, and its heat is that of its figures") {
  for (const auto& name : test::project_design_names()) {
    INFO(name);
    const Placed placed{name};
    REQUIRE(placed.refined.physical.heated);
    const auto& h = placed.heated();
    CHECK_FALSE(h.is_runaway);
    CHECK(h.bound <= 5e-3);
    CHECK(h.dies.size() == placed.refined.package.parts.size());
    const auto ambient = placed.subject.system.cooling.ambient;
    for (const auto& die : h.dies) {
      INFO(die.name);
      CHECK(die.mean > ambient);
      CHECK(die.peak >= die.mean);
      CHECK(die.limit > ambient);
    }
    // All power but that of the regulators, and leakage at the dies' own temperatures.
    const auto e = placed.evaluation();
    CHECK(watts(h) == Approx((e.power.total - e.power.conversion) / W).epsilon(1e-6));
    CHECK(h.power / W == Approx(watts(h)).epsilon(1e-3));
  }
}

TEST_CASE("the hottest die is no cooler than all heat spread evenly through the whole cooling") {
  for (const auto* name : {"ascend-910", "h200", "stacked-cache"}) {
    INFO(name);
    const Placed placed{name};
    const auto& h = placed.heated();
    const auto& cooling = placed.subject.system.cooling;
    // A part of it leaves through the board: no more than board and package area let through at that heat.
    const auto& section = *placed.refined.package.problem.section;
    const double board = section.bottom_transfer * geometry::area(placed.refined.layout.package) * 1e-18;
    const double resistance = 1 / (1 / cooling.resistance.si() + board);
    CHECK(placed.refined.physical.dies.size() == placed.subject.system.dies.size());
    double peak = 0;
    for (const auto& die : h.dies) peak = std::max(peak, die.peak / K);
    CHECK(peak > cooling.ambient / K + watts(h) * resistance);
    CHECK(peak < cooling.ambient / K + 150);
  }
}

TEST_CASE("energy is conserved: what is put into the stack of a design reaches the ambient") {
  const Placed placed{"ascend-910"};
  const auto input = refine::heat_case(placed.subject.prepared, placed.subject.choice, placed.subject.system,
                                       placed.subject.analytic, placed.refined);
  REQUIRE(input);
  const auto heat = thermal::steady(input->stack, {.columns = 32, .rows = 32}, {.tolerance = 1e-3});
  CHECK(heat.outcome.state == conduction::State::solved);
  CHECK(heat.outcome.imbalance < 1e-5);
  // The hottest cell lies where the physical rung finds it, leakage and all.
  CHECK(heat.leakage == Approx(placed.heated().leakage / W).epsilon(0.01));
  double most = 0;
  for (const auto& layer : heat.layers) most = std::max(most, layer.peak);
  CHECK(heat.peak == most);
}

TEST_CASE("leakage is that of each die's own temperature") {
  const Placed placed{"h200"};
  const auto& die = placed.heated().dies.front();
  const auto& node = *find(test::library().nodes, "tsmc-n4");
  const double at_85 = placed.subject.analytic.die_powers[0].leakage / W;
  const double expected = at_85 * std::exp(node.leakage_slope.typ * (die.mean / K - freezing - 85));
  CHECK(die.leakage / W == Approx(expected).epsilon(1e-9));
  // That of the whole die lies near that of its mean temperature: exp is convex, and the die is even.
  CHECK(placed.heated().leakage / W == Approx(expected).epsilon(0.02));
  CHECK(placed.evaluation().die_powers[0].leakage / W == Approx(expected).epsilon(1e-9));
}

TEST_CASE("stacked dies have temperatures of their own") {
  const Placed placed{"stacked-cache"};
  const HotDie *core = nullptr, *cache = nullptr;
  for (const auto& die : placed.heated().dies) {
    if (die.name == "ccd[0]") core = &die;
    if (die.name == "cache[0]") cache = &die;
  }
  REQUIRE(core != nullptr);
  REQUIRE(cache != nullptr);
  // The cooling is above the cache: the cores below it are hotter.
  CHECK(core->peak > cache->peak);
  CHECK((core->peak - cache->peak) / K < 10);
}

TEST_CASE("a limit that is broken is named, with a cooling that would keep it") {
  Placed placed{"h200"};
  auto& subject = placed.subject;
  auto powers = placed.evaluation();
  powers.die_powers[0].leakage = subject.analytic.die_powers[0].leakage;
  powers.die_powers[0].dynamic = 1.25 * powers.die_powers[0].dynamic;
  const auto hot = refine::heated(subject.prepared, subject.choice, subject.system, powers,
                                  placed.refined.package, placed.refined.layout);
  REQUIRE(hot);
  REQUIRE(hot->dies.front().peak > hot->dies.front().limit);
  INFO(hot->hint);
  CHECK(hot->hint.find("would keep all limits") != std::string::npos);
  auto physical = placed.refined.physical;
  physical.heated = hot;
  const auto assessed = refined(subject.prepared, subject.assessed(), physical);
  const auto found = std::ranges::find(assessed.violations, "rules.junction.gh100", &Violation::path);
  REQUIRE(found != assessed.violations.end());
  CHECK(found->hint == hot->hint);
  CHECK(found->limit == Approx(105));
}

TEST_CASE("the same layout has the same temperatures, to the last bit") {
  const Placed a{"ascend-910", 2000}, b{"ascend-910", 2000};
  CHECK(a.heated().plane.kelvin == b.heated().plane.kelvin);
}

TEST_CASE("PHYs are hot spots of their die, and its blocks share its area and its power out") {
  const Placed placed{"h200"};
  const auto input = refine::heat_case(placed.subject.prepared, placed.subject.choice, placed.subject.system,
                                       placed.subject.analytic, placed.refined);
  REQUIRE(input);
  double area = 0, power = 0, leakage = 0, hottest = 0;
  std::size_t spots = 0;
  for (const auto& layer : input->stack.layers) {
    for (const auto& block : layer.blocks) {
      if (!block.name.starts_with("gh100:")) continue;
      ++spots;
      area += block.width * block.height;
      power += block.power;
      leakage += block.leakage.power;
      hottest = std::max(hottest, block.power / (block.width * block.height));
    }
  }
  CHECK(spots > 6);  // six stacks have a PHY each
  const auto outline = layout::outline(placed.refined.layout, 0);
  CHECK(area == Approx(geometry::area(outline) * 1e-18).epsilon(1e-9));
  CHECK(leakage == Approx(placed.subject.analytic.die_powers[0].leakage / W).epsilon(1e-9));
  CHECK(power > placed.subject.analytic.die_powers[0].dynamic / W);  // links come on top
  CHECK(hottest > 1.5 * power / area);
}
