// Steady temperatures of every golden case, told apart by what stands in it.
#include <catch2/catch.hpp>
#include <ctime>

#include "thermal/check.h"
#include "thermal/golden_compare.h"
#include "thermal/leakage.h"

using namespace marquetry;
using test::HeatGolden;
using thermal::Model;

namespace {

// Sharp enough for the printed digits of the peers and the figures of the physical rule.
const conduction::Request sharp{.tolerance = 1e-7, .most_iterations = 2000};

thermal::Heat solved(const HeatGolden& golden, Model model, const conduction::Request& request = sharp) {
  auto settings = golden.heat.settings;
  settings.model = model;
  auto heat = thermal::steady(golden.heat.stack, settings, request);
  CHECK(heat.outcome.state == conduction::State::solved);
  return heat;
}

// In watts: what goes out is what comes in.
void check_balance(const thermal::Heat& heat) { CHECK(heat.outcome.imbalance <= 1e-9); }

void check_all(const test::Deviations& deviations, double allowed) {
  CHECK(deviations.count() > 0);
  for (const auto& [what, worst] : deviations.list()) {
    INFO(what << ": " << worst << " K");
    CHECK(worst <= allowed);
  }
}

std::vector<HeatGolden> having(std::string_view key) {
  auto all = test::heat_goldens();
  std::erase_if(all, [&](const auto& golden) { return !golden.json.contains(key); });
  if (all.empty()) test::skip("no golden cases with " + std::string{key});
  return all;
}

}  // namespace

TEST_CASE("the physical model gives the physical rule's temperatures of every stack within 1e-6 K") {
  for (const auto& golden : having("results_physical")) {
    INFO(golden.name);
    const auto heat = solved(golden, Model::physical);
    check_balance(heat);
    const auto& results = golden.json["results_physical"];
    check_all(test::against_hotspot(golden, heat, results), 1e-6);
    // And the error that is proved of a quick answer holds.
    const auto quick = solved(golden, Model::physical, {});
    CHECK(quick.outcome.bound <= 5e-3);
    CHECK(test::against_hotspot(golden, quick, results).worst() <= quick.outcome.bound + 1e-6);
  }
}

TEST_CASE("hotspot7 gives HotSpot 7's temperatures of every stack to the digit that it prints") {
  for (const auto& golden : having("results_hotspot7")) {
    INFO(golden.name);
    const auto heat = solved(golden, Model::hotspot7);
    check_balance(heat);
    const auto& results = golden.json["results_hotspot7"];
    check_all(test::against_hotspot(golden, heat, results), 1e-3);
    if (!golden.heat.trace) CHECK(heat.power == Approx(results.at("total_power_W").get<double>()));
  }
}

TEST_CASE("steady temperatures of 3D-ICE are met within 0.02 K") {
  for (const auto& golden : having("results_3dice")) {
    if (golden.heat.trace) continue;
    INFO(golden.name);
    const auto heat = solved(golden, Model::physical);
    check_balance(heat);
    check_all(test::against_ice(golden, heat), 0.02);
  }
}

TEST_CASE("closed forms are met within 1e-6 K in one dimension, within 0.1 K under a rectangle") {
  for (const auto& golden : having("exact")) {
    INFO(golden.name);
    const auto heat = solved(golden, Model::physical);
    const auto& exact = golden.json["exact"];
    check_all(test::against_closed_form(golden, heat), golden.json["params"].contains("rect") ? 0.1 : 1e-6);
    if (!exact.contains("leak_W")) continue;
    CHECK(std::abs(heat.leakage - exact["leak_W"].get<double>()) <= 1e-6);
    // The closed form of the program itself: of the very resistance that the case names.
    const auto number = [&](const char* key) { return golden.json["params"].at(key).get<double>(); };
    const auto rest = thermal::lumped_rest(
        number("R"), number("Pd"), {.power = number("P0"), .slope = number("b"), .reference = number("T0")},
        number("Ta"));
    CHECK(std::abs(rest.temperature - exact.at("T").get<double>()) <= 1e-9);
    if (exact.contains("u")) CHECK(rest.u == Approx(exact["u"].get<double>()).epsilon(1e-9));
    if (exact.contains("loop_gain"))
      CHECK(rest.loop_gain == Approx(exact["loop_gain"].get<double>()).epsilon(1e-9));
  }
}

TEST_CASE("every golden case has results, of a kind that is compared") {
  const std::array known{"exact", "results_hotspot7", "results_physical", "results_3dice"};
  for (const auto& golden : test::heat_goldens()) {
    INFO(golden.name);
    CHECK(std::ranges::any_of(known, [&](const char* key) { return golden.json.contains(key); }));
    for (const auto& [key, results] : golden.json.items()) {
      INFO(key);
      CHECK((!key.starts_with("results_") || std::ranges::find(known, key) != known.end()));
    }
  }
}

TEST_CASE("every golden stack passes the check of stacks") {
  for (const auto& golden : test::heat_goldens()) {
    INFO(golden.name);
    Diagnostics diagnostics;
    thermal::check(golden.heat.stack, diagnostics);
    CHECK(render_all(diagnostics).empty());
  }
}
