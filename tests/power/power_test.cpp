// Power of dies, memories and links, and the heat they make, on paper.
#include <catch2/catch.hpp>

#include "support/heated_system.h"
#include "support/small_system.h"
#include "thermal/lumped.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::heated;

namespace {

double celsius(const Temperature<>& t) { return (t - freezing_point) / K; }

}  // namespace

TEST_CASE("power of dies, stacks and links, by hand") {
  const auto [outlines, dies, power, thermal] = heated(test::small_system());
  CHECK(dies[0].dynamic / W == Approx(2));  // 8 active x 1 nJ x 0.5 of 28 nm x 0.5 busy x 1 GHz
  CHECK(dies[0].leakage / W == Approx(3));  // 100 mm2 x 30 mW
  CHECK(power.dies[0] / W == Approx(10));
  // Each: 1024 x 3.2 Gbit/s x 4 pJ + 1 W
  CHECK(power.memories[0] / W == Approx(2 * 14.1072));
  // Each die sends 4 x 64 x 16 Gbit/s at 0.5 pJ for both ends
  CHECK(power.links / W == Approx(2 * 2.048));
  const double load = 10 + 28.2144 + 4.096;
  CHECK(power.total / W == Approx(load / 0.9));
  CHECK(power.conversion / W == Approx(load / 0.9 - load));
}

TEST_CASE("what is given outright replaces the modules' power, leakage stays") {
  auto system = test::small_system();
  system.dies[0].given_power = 7 * W;
  CHECK(heated(system).power.dies[0] / W == Approx(2 * (7 + 3)));
}

TEST_CASE("links to another die type run both ways, links to the outside have one end here") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);
  system.dies[1].count = 1;
  system.networks[0].to = 1;
  CHECK(heated(system).power.links / W == Approx(2 * 2 * 2.048));
  system.networks[0].to.reset();
  CHECK(heated(system).power.links / W == Approx(2 * 2.048));
}

TEST_CASE("PHYs warm the dies that they stand on: half of a link each, and the host's share of its memory") {
  auto system = test::small_system();
  const auto phys = [&] { return heated(system).power.phys; };
  CHECK(phys()[0] / W == Approx(2.048));  // the mesh, both of whose ends are dies of the type
  auto& memory = system.memories[0];
  memory.memory.interface_share = 0.2;
  CHECK(phys()[0] / W == Approx(2.048 + memory.stacks * 0.2 * 13.1072));
  memory.activity = 0.5;
  CHECK(phys()[0] / W == Approx(2.048 + memory.stacks * 0.1 * 13.1072));
  memory.sold_separately = true;
  system.dies.push_back(system.dies[0]);
  system.dies[1].count = 1;
  system.networks[0].to = 1;
  const auto both = phys();  // 2 x 4.096 W, half for two dies, half for one
  CHECK(both[0] / W == Approx(2.048));
  CHECK(both[1] / W == Approx(4.096));
  system.networks[0].to.reset();
  CHECK(phys()[0] / W == Approx(2.048));
}

TEST_CASE("memory that is sold separately draws no power of the package") {
  auto system = test::small_system();
  system.memories[0].sold_separately = true;
  CHECK(heated(system).power.memories[0] / W == 0);
}

TEST_CASE("temperatures of case, dies and stacks, by hand") {
  const auto [outlines, dies, power, thermal] = heated(test::small_system());
  const double in_case = 35 + 0.2 * (10 + 28.2144 + 4.096);  // regulators stand on the board
  CHECK(celsius(thermal.case_temperature) == Approx(in_case));
  CHECK(celsius(thermal.dies[0]) ==
        Approx(in_case + 7.048 / 100 * 12));  // 5 W and the links' 2.048 on 100 mm2, 12 K mm2/W
  CHECK(thermal.peak / K == thermal.dies[0] / K);
  CHECK(thermal.peak_flux / (W / cm2) == Approx(7.048));
  CHECK(celsius(thermal.memories[0]) == Approx(in_case + 14.1072 / 110 * 12));
}

TEST_CASE("the heat of a stack of dies leaves through its base") {
  auto system = test::small_system();
  auto top = system.dies[0];
  top.parent = 0;
  top.count = 4;  // two on each base
  top.given_area = 20 * mm2;
  top.given_power = 1 * W;
  system.dies.push_back(top);
  const auto out = heated(system);
  // Base: 2 + 3 W and 2.048 of its PHYs; on it two dies of 1 + 20 x 0.03 W: 10.248 W through 100 mm2
  CHECK(out.thermal.peak_flux / (W / cm2) == Approx(10.248));
  CHECK((out.thermal.dies[0] - out.thermal.case_temperature) / K == Approx(10.248 / 100 * 12));
  CHECK(out.thermal.dies[1] / K == out.thermal.dies[0] / K);
}

TEST_CASE("more power or a worse cooler is never cooler") {
  auto system = test::small_system();
  double last = 0;
  for (int i = 0; i < 10; ++i) {
    system.dies[0].clock = system.dies[0].clock + 0.1 * GHz;
    system.cover.resistance = system.cover.resistance + 0.01 * K / W;
    const double peak = heated(system).thermal.peak / K;
    CHECK(peak > last);
    last = peak;
  }
}
