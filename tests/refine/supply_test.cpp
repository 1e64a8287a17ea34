// The supply of placed designs: its loads are the system's, and its bumps those that any placement needs.
#include "refine/supply.h"

#include <catch2/catch.hpp>

#include "refine/subject.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::Subject;

namespace {

// A die of 400 W on a substrate, as wide as given, its bumps 130 um apart.
std::string hot_die(const std::string& side) {
  return R"(format = 1
name = "hot"
packaging = "organic-mcm"
cooling = "cold-plate"
test = "standard"
volume = 1_000_000
[dies.core]
node = "tsmc-n5"
width = ")" +
         side + R"( mm"
height = ")" +
         side + R"( mm"
power = "400 W"
clock = "2 GHz"
)";
}

const delivery::BumpRoom* room_of(const Delivered& made, const std::string& kind) {
  for (const auto& room : made.report.rooms)
    if (made.nets.sites[room.sites].kind == kind) return &room;
  return nullptr;
}

}  // namespace

TEST_CASE("what the nets deliver is what dies, memories and links draw, links at their PHYs") {
  for (const auto* name : {"ascend-910", "h200", "stacked-cache"}) {
    INFO(name);
    const Subject s{name};
    const auto refined = s.refined(2000);
    REQUIRE(refined.physical.delivered);
    const auto& made = *refined.physical.delivered;
    const auto e = evaluate(s.system, refined.physical, s.analytic, s.prepared.models);
    CHECK(made.report.loads == Approx((e.power.total - e.power.conversion) / W).epsilon(1e-6));
    // The package's own share alone, at the regulators' efficiency, is added.
    CHECK(made.package > 0);
    CHECK(made.package < made.report.metal);
    const double efficiency = s.system.assumptions.regulator_efficiency;
    CHECK(e.power.total / W == Approx((made.report.loads + made.package) / efficiency).epsilon(1e-6));
    // Where a joint carries no more than `bump_current`, the closed form of the rules is a bound from below.
    for (std::size_t d = 0; d < s.system.dies.size(); ++d) {
      const auto* room = room_of(made, std::string{s.system.dies[d].id});
      const auto& power = e.die_powers[d];
      const double limit = s.system.assumptions.bump_current / A;
      const double volts = power::supply_voltage(s.system.dies[d], power) / V;
      const bool is_micro = std::string_view{name} != "stacked-cache";
      if (room == nullptr || !is_micro) continue;
      INFO(s.system.dies[d].id);
      CHECK(2 * ((power.dynamic + power.leakage) / W / volts / limit) <= room->needed);
    }
  }
}

TEST_CASE("a die of much current and coarse bumps is held by its bumps, and a larger one is not") {
  const Subject small{test::design_of(hot_die("9"))};
  const auto refined = small.refined(500);
  REQUIRE(refined.physical.delivered);
  const auto& made = *refined.physical.delivered;
  const auto* room = room_of(made, "core");
  REQUIRE(room != nullptr);
  const auto& sites = made.nets.sites[room->sites];
  CHECK(sites.pitch == Approx(130e-6));
  CHECK(sites.all == 69 * 69);
  CHECK_FALSE(room->holds(sites));
  const auto of = [](const Subject& s, const refine::Refined& r) {
    const auto a = marquetry::refined(s.prepared, s.assessed(), r.physical);
    return std::ranges::count(a.violations, "delivery.bumps.core", &Violation::path);
  };
  CHECK(of(small, refined) == 1);

  const double side = 1.02 * std::sqrt(room->least_area) / 1e-3;
  const Subject large{test::design_of(hot_die(std::to_string(side)))};
  const auto grown = large.refined(500);
  REQUIRE(grown.physical.delivered);
  const auto* enough = room_of(*grown.physical.delivered, "core");
  REQUIRE(enough != nullptr);
  CHECK(enough->holds(grown.physical.delivered->nets.sites[enough->sites]));
  CHECK(of(large, grown) == 0);
}
