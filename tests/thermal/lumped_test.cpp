// Heat in closed form: spreading against its exact series, layers and piles by hand.
#include "thermal/lumped.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "support/heated_system.h"
#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::heated;

namespace {

// Zeros of J1 by Newton's method, from McMahon's start.
double zero_of_j1(int n) {
  const double start = (n + 0.25) * std::numbers::pi;
  double z = start - 3 / (8 * start);
  for (int i = 0; i < 20; ++i) {
    const double f = std::cyl_bessel_j(1.0, z);
    z -= f / (std::cyl_bessel_j(0.0, z) - f / z);
  }
  return z;
}

// The whole series for a disc of even flux on a cylinder with a film on its far face: Yovanovich, Muzychka &
// Culham, J. Thermophys. Heat Transfer 13(4), 1999.
double series(double a, double b, double t, double k, double h) {
  double sum = 0;
  for (int n = 1; n <= 150; ++n) {
    const double z = zero_of_j1(n), j0 = std::cyl_bessel_j(0.0, z), j1 = std::cyl_bessel_j(1.0, z * a / b);
    const double tanh = std::tanh(z * t / b), film = z * k / (h * b);
    sum += j1 * j1 / (z * z * z * j0 * j0) * (tanh + film) / (1 + film * tanh);
  }
  return 4 / (std::numbers::pi * a / b * k * a) * sum;
}

struct Plate {
  double a, b, t, k, h;
};

const std::vector<Plate> plates{{6e-3, 30e-3, 5e-3, 390, 5000},   {12e-3, 30e-3, 5e-3, 390, 5000},
                                {20e-3, 30e-3, 5e-3, 390, 5000},  {16e-3, 21e-3, 5e-3, 390, 5000},
                                {5e-3, 40e-3, 2e-3, 1500, 2000},  {12e-3, 40e-3, 5e-3, 3000, 1300},
                                {25e-3, 30e-3, 5e-3, 390, 20'000}};

// The small system under a lid and a plate of 60 mm.
System<double> covered() {
  auto system = test::small_system();
  auto& c = system.cover;
  c.spreads = 1;
  c.along = 390 * W / m / K;
  c.thickness = 5 * mm;
  c.joint = 25 * K * mm2 / W;
  c.reach = 4.5 * mm;
  c.base = 3600 * mm2;
  return system;
}

}  // namespace

TEST_CASE("spreading from a disc into a plate: within 9 % of the whole series") {
  for (const auto& p : plates) {
    CAPTURE(p.a, p.b, p.k, p.h);
    CHECK(thermal::constriction(p.a, p.b, p.t, p.k, p.h) ==
          Approx(series(p.a, p.b, p.t, p.k, p.h)).epsilon(0.09));
  }
}

TEST_CASE("spreading falls with conductivity and film, and from a larger disc; a whole plate needs none") {
  for (const auto& p : plates) {
    const double now = thermal::constriction(p.a, p.b, p.t, p.k, p.h);
    CHECK(thermal::constriction(p.a, p.b, p.t, 1.1 * p.k, p.h) < now);
    CHECK(thermal::constriction(p.a, p.b, p.t, p.k, 1.1 * p.h) < now);
    CHECK(thermal::constriction(1.05 * p.a, p.b, p.t, p.k, p.h) < now);
    CHECK(thermal::constriction(p.b, p.b, p.t, p.k, p.h) < 1e-9 * now);
  }
}

TEST_CASE("bounds of spreading hold it, wherever in their ranges the plate lies") {
  for (const auto& p : plates) {
    const auto range = [](double x) { return Interval{0.9 * x, 1.1 * x}; };
    const auto bound = thermal::constriction(range(p.a), range(p.b), range(p.t), range(p.k), range(p.h));
    for (int i = 0; i < 32; ++i) {
      const auto at = [&](double x, int bit) { return x * ((i >> bit & 1) != 0 ? 1.1 : 0.9); };
      CHECK(contains(widened(bound),
                     thermal::constriction(at(p.a, 0), at(p.b, 1), at(p.t, 2), at(p.k, 3), at(p.h, 4))));
    }
  }
}

TEST_CASE("a lid that conducts better is never hotter, a thicker joint never cooler") {
  auto system = covered();
  system.dies[0].given_power = 150 * W;
  double last = 1e9;
  for (const double k : {100.0, 200.0, 400.0, 800.0, 1600.0}) {
    system.cover.along = k * W / m / K;
    const double peak = heated(system).thermal.peak / K;
    CHECK(peak < last);
    last = peak;
  }
  system.cover.joint = 50 * K * mm2 / W;
  CHECK(heated(system).thermal.peak / K > last);
}

TEST_CASE("a lone die under a plate of its own size: layers in series, by hand") {
  auto system = covered();
  system.memories.clear();
  system.networks.clear();
  system.dies[0].count = 1;
  system.packaging.die_gap = {};
  system.packaging.substrate_factor = 1;
  system.cover.base = {};
  system.cover.reach = {};
  const auto [outlines, dies, power, thermal] = heated(system);
  // 5 W on 100 mm2: 0.2 K/W of the cooling, 12 K mm2/W of die and lid, 25 of the joint; nothing spreads.
  CHECK((thermal.peak - system.cooling.ambient) / K == Approx(5 * (0.2 + 0.12 + 0.25)).epsilon(1e-6));
}

TEST_CASE("a joint between dies adds its own: below it all that is made there passes") {
  auto system = test::small_system();
  system.networks.clear();
  auto top = system.dies[0];
  top.parent = 0;
  top.given_power = 1 * W;
  top.stacking.pile = 5 * K * mm2 / W;
  system.dies.push_back(top);
  const auto out = heated(system);
  // Base: 2 + 3 W through 100 mm2 and 5 K mm2/W
  CHECK((out.thermal.dies[0] - out.thermal.dies[1]) / K == Approx(5.0 / 100 * 5));
}

TEST_CASE("memory on its host: both heats leave through the pile, and the host is hotter than beside it") {
  auto system = test::small_system();
  system.networks.clear();
  system.memories[0].memory.pile = 20 * K * mm2 / W;
  const auto beside = heated(system).thermal;
  system.memories[0].stacking = system.packaging;
  system.memories[0].stacking->pile = 3 * K * mm2 / W;
  system.memories[0].on_host = 1;
  const auto on = heated(system);
  const double host = 5, stack = 14.1072;
  const double pile = (host + stack) / 100 * (12 + 20);
  CHECK((on.thermal.memories[0] - on.thermal.case_temperature) / K == Approx(pile));
  CHECK((on.thermal.dies[0] - on.thermal.case_temperature) / K == Approx(pile + host / 100 * 3));
  CHECK(on.thermal.dies[0] > beside.dies[0]);
  CHECK(on.thermal.memories[0] > beside.memories[0]);
}

TEST_CASE("piles that leave a part of their host free: silicon beside them takes its share, by hand") {
  auto system = test::small_system();
  system.networks.clear();
  system.cover.die = 16 * K * mm2 / W;
  system.cover.cover = 12 * K * mm2 / W;
  auto& m = system.memories[0];
  m.memory.pile = 20 * K * mm2 / W;
  m.memory.width = 6 * mm;
  m.memory.height = 10 * mm;
  m.stacking = system.packaging;
  m.on_host = 1;
  const auto on = heated(system);
  // 60 of 100 mm2 at 20 K mm2/W, 40 at the silicon's 4
  const double level = 100 / (60 / 20.0 + 40 / 4.0);
  CHECK((on.thermal.memories[0] - on.thermal.case_temperature) / K ==
        Approx((5 + 14.1072) / 100 * (12 + level)));
}
