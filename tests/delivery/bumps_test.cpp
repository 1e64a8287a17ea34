// The least number of joints against trying every number; the closed form; decoupling by hand.
#include "delivery/bumps.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "delivery/decoupling.h"

namespace marquetry::delivery {
namespace {

constexpr Options tight{.tolerance = 1e-10};

// A die of 10 x 10 mm on a plane, current mostly in one corner.
Net corner(double count, double limit) {
  const Box whole{0, 0, 0.01, 0.01};
  Net net{.name = "core", .voltage = 0.75, .efficiency = 0.9};
  net.supply.layers = {{"plane", {{"plane", whole, 0.001}}}, {"die", {{"die", whole, 0.02}}}};
  net.supply.joints = {{.name = "bumps",
                        .region = 0,
                        .patches = {{whole, 1}},
                        .count = count,
                        .resistance = 0.03,
                        .limit = limit}};
  net.supply.feeds = {{"regulator", 0, whole, 1e-4}};
  net.loads = {{.die = "die", .layer = 1, .region = 0, .rect = whole, .current = 10},
               {.die = "die", .layer = 1, .region = 0, .rect = {0, 0, 0.003, 0.003}, .current = 8}};
  return net;
}
const Plane plane{8, 8, 0.01, 0.01};

bool is_enough(const Net& net, const Limits& limits) {
  const auto made = flow(plane, net, limits, tight);
  return made.joints[0].holds() && made.dies[0].holds();
}

TEST_CASE("no smaller number of bumps would do: by their current, or by the drop") {
  for (const double limit : {0.05, 0.5, 0.0}) {
    const Limits limits{.steady = 0.03};
    const auto need = least_count(plane, corner(1000, limit), limits, 0, tight);
    INFO(limit << ": " << need.count);
    REQUIRE(need.is_met);
    CHECK(need.is_complete);
    CHECK(is_enough(corner(need.count, limit), limits));
    CHECK(!is_enough(corner(need.count - 1, limit), limits));
    CHECK(need.worst <= 0.03 * 0.75);
    CHECK(need.best < need.worst);
  }
}

TEST_CASE("no number of bumps mends a drop of the planes") {
  auto net = corner(1000, 0);
  net.supply.feeds[0].resistance = 0.01;
  const auto need = least_count(plane, net, {}, 0, tight);
  CHECK(!need.is_met);
  CHECK(need.best > 0.03 * 0.75);
}

TEST_CASE("drop and current of a bump fall with every bump that is added") {
  double drop = 1e9, current = 1e9;
  for (const double count : {10.0, 20.0, 50.0, 100.0, 1000.0, 1e5}) {
    const auto made = flow(plane, corner(count, 0), {}, tight);
    CHECK(made.dies[0].worst < drop);
    CHECK(made.joints[0].worst < current);
    drop = made.dies[0].worst;
    current = made.joints[0].worst;
  }
}

TEST_CASE("the first droop is that of a step on what the dies hold behind the inductance of their bumps") {
  auto net = corner(1000, 0);
  net.supply.joints[0].inductance = 20e-12;
  net.back = Return::mirrored;
  // 18 A x 0.25 = 4.5 A; L = 5 pH + 2 x 20 pH / 1000; 0.75 V x 5 % less 15 mV leaves 22.5 mV.
  const auto made = decoupling_estimate(net,
                                        {.step = 0.25,
                                         .on_die = 1e-6,
                                         .in_package = 2e-5,
                                         .package_inductance = 5e-12,
                                         .board_inductance = 1e-10},
                                        {}, 0.015);
  CHECK(made.step == Approx(4.5));
  CHECK(made.allowed == Approx(0.0225));
  CHECK(made.impedance == Approx(0.005));
  CHECK(made.inductance == Approx(5.04e-12));
  CHECK(made.on_die_needed == Approx(5.04e-12 / 25e-6));
  CHECK(made.in_package_needed == Approx(4e-6));
  CHECK(made.droop == Approx(4.5 * std::sqrt(5.04e-6)));
  CHECK(made.holds());
  // With just what is needed the droop is what is allowed.
  const auto bare = decoupling_estimate(
      net, {.step = 0.25, .on_die = made.on_die_needed, .package_inductance = 5e-12}, {}, 0.015);
  CHECK(bare.droop == Approx(bare.allowed));
  CHECK(!decoupling_estimate(net, {}, {}, 0).is_known);
}

// Defaults of VoltSpot's pdn.config (uvahotspot/VoltSpot): a chip of 10.2 x 10.2 mm with pads of 10 mohm
// every 285 um, a third of them supply, as many ground; 15 uohm of the package; 5 % of the voltage.
TEST_CASE("a chip with VoltSpot's pads drops by its package and its pads, and by little more in its metal") {
  const double side = 0.0102, pads = std::floor(side / 285e-6) * std::floor(side / 285e-6) / 3;
  const Box whole{0, 0, side, side};
  Net net{.name = "vdd", .voltage = 1};
  net.supply.layers = {{"package", {{"package", whole, 1e-5}}}, {"die", {{"die", whole, 0.005}}}};
  net.supply.joints = {{.name = "C4",
                        .patches = {{whole, 1}},
                        .count = pads,
                        .resistance = 0.01,
                        .limit = 85e6 * 3.14159265 / 4 * 1e-8}};  // 0.67 A a pad of 100 um
  net.supply.feeds = {{"package", 0, whole, 1.5e-5}};
  net.loads = {{.die = "die", .layer = 1, .rect = whole, .current = 100}};
  const auto even = flow({36, 36, side, side}, net, {}, tight);
  // Evenly: 2 x 100 A x (15 uohm + 10 mohm / 408)
  CHECK(even.dies[0].worst == Approx(2 * 100 * (1.5e-5 + 0.01 / pads)).epsilon(1e-6));
  CHECK(even.joints[0].worst == Approx(100 / pads).epsilon(1e-6));
  CHECK(even.joints[0].holds());
  net.loads.push_back({.die = "die", .layer = 1, .rect = {0, 0, side / 6, side / 6}, .current = 30});
  const auto uneven = flow({36, 36, side, side}, net, {}, tight);
  CHECK(uneven.dies[0].worst > 1.3 * even.dies[0].worst);
  CHECK(uneven.joints[0].worst > 2 * even.joints[0].worst);
}

}  // namespace
}  // namespace marquetry::delivery
