// A tree of chips: what each quirk of CATCH changes, where the money goes, what tests let pass, slopes.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "base/rng.h"
#include "stack/evaluate.h"
#include "stack/lift.h"
#include "stack/misprints.h"
#include "stack/pads.h"
#include "support/grid_stack.h"

using namespace marquetry;
using stack::Finding;

namespace {

const Quirks peer = find_preset("catch-2025")->quirks();

stack::Figures<> figures(const stack::Stack<>& s, const Quirks& quirks) {
  stack::Workspace<> workspace;
  return stack::evaluate(stack::corrected(s, quirks), quirks, workspace);
}

double unit_cost(const stack::Stack<>& s, const Quirks& quirks) { return figures(s, quirks).unit; }

bool differ(const stack::Figures<>& a, const stack::Figures<>& b) {
  const auto same = [](const Finding& x, const Finding& y) {
    return x.kind == y.kind && x.forbids == y.forbids;
  };
  return a.unit != b.unit || a.per_good != b.per_good || !std::ranges::equal(a.findings, b.findings, same);
}

// Every model of the stack in numbers that a draw may change.
stack::Stack<> random_stack(std::uint64_t seed) {
  Rng rng{seed};
  auto s = test::deep_stack();
  const auto between = [&rng](double low, double high) { return low + (high - low) * rng.uniform(); };
  for (auto& layer : s.layers) {
    layer.price = between(0.001, 0.5);
    layer.defects = between(0, 0.004);
    layer.stitch_yield = between(0.5, 1);
  }
  for (auto& test : s.tests) {
    test.die.coverage = between(0, 1);
    test.assembly.coverage = between(0, 1);
    test.die.is_done = rng.uniform() < 0.8;
    test.assembly.is_done = rng.uniform() < 0.8;
  }
  s.assemblies[0].alignment_yield = between(0.9, 1);
  s.wafers[0].process_yield = between(0.8, 1);
  for (auto& chip : s.chips) chip.core_area = chip.core_area * between(0.3, 1);
  return s;
}

// Money of a line that ships one unit, counted forward: what is started, what it costs, what is thrown away
// and what had been put into it. Shares no code with the evaluator but the costs and yields of single steps.
struct Line {
  double spent{}, scrapped{};
};

// `units` of chip `i` are needed, with what stands on it. Gives what has been put into each.
double run_line(const stack::Stack<>& s, const stack::Figures<>& f, std::size_t i, double units, Line& line) {
  const auto& chip = s.chips[i];
  const auto& own = f.chips[i];
  const auto& test = s.tests[chip.test_index];
  // How many pass, for one started: the good, and the bad that the test does not see.
  const auto passing = [](double good, const stack::TestStage<>& stage) {
    return stage.is_done ? good + (1 - good) * (1 - stage.coverage) : 1.0;
  };
  double good = own.die_quality * own.assembly_yield;
  for (auto child = i + 1; child < chip.end; child = s.chips[child].end) good *= f.chips[child].quality;
  const double builds = units / passing(good, test.assembly);
  double value = own.assembly_cost + own.test_cost;
  line.spent += builds * value;
  for (auto child = i + 1; child < chip.end; child = s.chips[child].end)
    value += run_line(s, f, child, builds, line);
  const double die = chip.given_cost ? *chip.given_cost : own.die_cost + own.die_test_cost;
  const double dies = chip.given_cost ? builds : builds / passing(own.die_yield, test.die);
  line.spent += dies * die;
  line.scrapped += (dies - builds) * die + (builds - units) * (value + die);
  return value + die;
}

}  // namespace

TEST_CASE("a grid of sixteen chiplets costs what CATCH says, and each mend moves it as far as it should") {
  const auto grid = test::grid_stack(4);
  CHECK(unit_cost(grid, peer) == Approx(320.488).epsilon(2e-6));
  CHECK(unit_cost(grid, peer.without(quirk("catch-uptime-multiplied"))) == Approx(321.995).epsilon(2e-6));
  CHECK(unit_cost(grid, peer.without(quirk("catch-wafer-basis"))) == Approx(309.184).epsilon(2e-6));
  const auto mended = figures(grid, peer.without(quirk("catch-io-energy-1e12")));
  // 3 links of 2 Gbit/s and one of 4 (corner: 2 and one), half used, at 1 pJ/bit.
  CHECK(mended.chips[1].io_power == Approx((2 * 2 + 4) * 0.5 * 1e-3));
  const auto once = figures(grid, peer.without(quirk("catch-bidirectional-area-twice")));
  CHECK(once.chips[1].io_area == Approx(3 * 0.4055184));
}

TEST_CASE("every quirk of CATCH changes a figure of some system") {
  auto routed = test::grid_stack(2);
  routed.layers[0].routing_pitch = 10;
  auto apart = test::deep_stack();
  apart.chips[6].layers.front() = "combined_5nm";
  auto dear = test::deep_stack();
  for (auto& assembly : dear.assemblies) assembly.current_density = 1e6;
  auto longish = test::grid_stack(2);
  longish.chips[1].aspect_ratio = 400;
  const std::vector<stack::Stack<>> systems{
      test::grid_stack(4), test::deep_stack(), routed, apart, dear, longish};
  for (const auto& row : catch_quirks) {
    CAPTURE(row.id);
    std::size_t number = 0;
    while (quirk_rows[number].id != row.id) ++number;
    CHECK(std::ranges::any_of(systems, [&](const auto& s) {
      return differ(figures(s, peer), figures(s, peer.without(number))) &&
             differ(figures(s, {}), figures(s, Quirks{}.with(number)));
    }));
  }
}

TEST_CASE("a misprint is put right only where the number is exactly the misprint") {
  auto s = test::deep_stack();
  CHECK(stack::corrected(s, {}).layers[0].price == Approx(5.382e-5));
  CHECK(stack::corrected(s, {}).layers[1].density == Approx(171.3));
  CHECK(stack::corrected(s, {}).layers[1].price == Approx(0.25024 * 147 * 147 / (150.0 * 150.0)));
  CHECK(stack::corrected(s, {}).tests[0].die.coverage == Approx(0.36));
  CHECK(stack::corrected(s, {}).tests[0].assembly.coverage == Approx(0.36));
  CHECK(stack::corrected(s, peer).layers[0].price == 5.382e-7);
  s.layers[0].price = 5.4e-7;
  s.layers[1].name = "combined_4nm";
  s.tests[0].die.coverage = 0.6;
  CHECK(stack::corrected(s, {}).layers[0].price == 5.4e-7);
  CHECK(stack::corrected(s, {}).layers[1].price == 0.25024);
  CHECK(stack::corrected(s, {}).tests[0].die.coverage == 0.6);
}

TEST_CASE("like dies of one design share its NRE, and at least what the systems take is made") {
  const auto s = test::deep_stack();
  CHECK(s.chips[6].design == "twin-a");
  CHECK(s.chips[7].design == "twin-a");
  CHECK(s.chips[1].design.empty());
  const auto shared = figures(s, peer.without(quirk("catch-quantity-per-chip")));
  const auto apart = figures(s, peer);
  // 80 mm2 of logic at 1e5 USD/mm2 and masks of 3e6 USD for a million systems: once, or for each of two.
  const double design = 80 * 1e5 + 3e6;
  CHECK(apart.nre - shared.nre == Approx(design / 1e6));
  CHECK(apart.nre_total - shared.nre_total == Approx(design));
}

TEST_CASE("money is conserved: what is spent is in the unit or in the scrap, to the cent") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    const auto s = random_stack(seed);
    const auto f = figures(s, {});
    Line line;
    const double kept = run_line(s, f, 0, 1, line);
    CHECK(line.spent == Approx(line.scrapped + kept).epsilon(1e-12));
    CHECK(line.spent == Approx(f.recurring).epsilon(1e-11));
    CHECK(line.scrapped == Approx(f.chips[0].scrap).epsilon(1e-9).margin(1e-9 * f.recurring));
    CHECK(kept == Approx(f.chips[0].perfect_cost).epsilon(1e-12));
    // A good unit carries what the faulty ones among the shipped have cost, and what they do.
    const double faulty = 1 - f.chips[0].quality;
    CHECK(f.per_good * f.chips[0].quality == Approx(f.unit + faulty * s.escape_cost));
  }
}

TEST_CASE("more coverage never raises the share of faulty units that are shipped") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto s = random_stack(seed);
    for (auto& test : s.tests) test.die.is_done = test.assembly.is_done = true;
    for (const bool of_die : {true, false}) {
      double before = 0;
      for (double coverage = 0; coverage <= 1; coverage += 0.125) {
        for (auto& test : s.tests) (of_die ? test.die : test.assembly).coverage = coverage;
        const double quality =
            figures(s, peer.without(quirk("catch-children-self-quality"))).chips[0].quality;
        CHECK(quality >= before * (1 - 1e-14));
        before = quality;
      }
    }
  }
}

TEST_CASE("joints below ten micrometres are copper on copper and carry a hundred times more") {
  CHECK(stack::electromigration_limit(0.001) == 1e4);
  CHECK(stack::electromigration_limit(0.01) == 1e2);
}

TEST_CASE("dies that no wafer holds, links too short and wires without tracks are found") {
  const auto kinds = [](const stack::Stack<>& s, const Quirks& quirks) {
    std::set<Finding::Kind> found;
    for (const auto& finding : figures(s, quirks).findings) found.insert(finding.kind);
    return found;
  };
  auto s = test::grid_stack(2);
  CHECK(kinds(s, {}).empty());
  s.chips[1].core_area = 90'000;
  CHECK(kinds(s, {}).contains(Finding::Kind::none_on_wafer));
  CHECK(kinds(s, peer).contains(Finding::Kind::too_long));
  s = test::grid_stack(2);
  s.layers[0].routing_pitch = 10;
  CHECK(kinds(s, {}) == std::set{Finding::Kind::no_routing});
  s = test::grid_stack(2);
  s.assemblies[0].die_separation = 11;
  CHECK(kinds(s, {}).contains(Finding::Kind::short_reach));
}

TEST_CASE("rows that may shift hold no fewer dies than a grid") {
  auto s = test::grid_stack(4);
  const double grid = figures(s, {}).chips[1].dies_per_wafer;
  s.wafers[0].grid = false;
  CHECK(figures(s, {}).chips[1].dies_per_wafer >= grid);
  CHECK(figures(s, peer).chips[1].dies_per_wafer > 0);
}

TEST_CASE("slopes of the cost agree with differences, for every number that it depends on smoothly") {
  auto plain = test::grid_stack(2);
  plain.tests[0].die.coverage = 0.9;  // at 1 the slope has a kink
  const auto inputs = stack::inputs(plain);
  REQUIRE(inputs.size() > 64);
  const auto cost_at = [&](std::size_t changed, double value) {
    const std::function<double(std::size_t, double)> lift = [&](std::size_t n, double v) {
      return n == changed ? value : v;
    };
    stack::Workspace<> workspace;
    return stack::evaluate(stack::lifted<double>(plain, lift), {}, workspace);
  };
  std::size_t compared = 0;
  for (std::size_t begin = 0; begin < inputs.size(); begin += 64) {
    const auto count = std::min<std::size_t>(64, inputs.size() - begin);
    const std::function<Dual(std::size_t, double)> lift = [&](std::size_t n, double v) {
      return n >= begin && n < begin + count ? Dual::input(v, n - begin, count) : Dual{v};
    };
    stack::Workspace<Dual> workspace;
    const auto& f = stack::evaluate(stack::lifted<Dual>(plain, lift), {}, workspace);
    for (std::size_t n = begin; n < begin + count; ++n) {
      CAPTURE(inputs[n].path, inputs[n].value);
      if (inputs[n].value == 0) continue;
      const double step = 1e-8 * inputs[n].value;
      const auto below = cost_at(n, inputs[n].value - step), above = cost_at(n, inputs[n].value + step);
      // Where pads or dies are counted anew in between, there is no slope.
      bool smooth = true;
      for (std::size_t i = 0; i < below.chips.size(); ++i) {
        smooth = smooth && below.chips[i].dies_per_wafer == above.chips[i].dies_per_wafer &&
                 below.chips[i].power_pads == above.chips[i].power_pads;
      }
      if (!smooth) continue;
      const double difference = (above.unit - below.unit) / (2 * step);
      CHECK(f.unit.slope(n - begin) ==
            Approx(difference).epsilon(1e-4).margin(1e-6 * above.unit / inputs[n].value));
      if (std::abs(difference) * inputs[n].value > 1e-6) ++compared;
    }
  }
  CHECK(compared > 25);
}
