// Bumps in underfill, vias in silicon, piles of layers: as one material.
#include "thermal/composite.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace marquetry::thermal;

namespace {

Material alike(double conductivity, double capacity) {
  return {.along_x = conductivity, .along_y = conductivity, .across = conductivity, .capacity = capacity};
}

const Material underfill = alike(1.6, 2.32e6), solder = alike(57, 1.7e6);

}  // namespace

TEST_CASE("bumps in underfill conduct ten times as well across as along") {
  // 25 um at 45 um: pi / 4 x (25 / 45)^2 = 0.2424; 0.2424 x 57 + 0.7576 x 1.6 = 15.03;
  // 1.6 (58.6 + 0.2424 x 55.4) / (58.6 - 0.2424 x 55.4) = 2.551
  const auto at_45 = composite(underfill, solder, area_fraction(25e-6, 45e-6));
  CHECK(at_45.across == Approx(15.0).epsilon(0.005));
  CHECK(at_45.along_x == Approx(2.55).epsilon(0.005));
  CHECK(at_45.capacity == Approx(2.17e6).epsilon(0.005));
  const auto at_55 = composite(underfill, solder, area_fraction(25e-6, 55e-6));
  CHECK(at_55.across == Approx(10.6).epsilon(0.005));
  CHECK(at_55.along_y == Approx(2.18).epsilon(0.005));
  CHECK(at_55.capacity == Approx(2.22e6).epsilon(0.005));
}

TEST_CASE("a composite lies between its two materials, and is one of them at both ends") {
  for (const double f : {0.0, 0.1, 0.3, 0.7, 1.0}) {
    const auto mixed = composite(underfill, solder, f);
    CHECK(mixed.along_x >= 1.6 - 1e-12);
    CHECK(mixed.along_x <= mixed.across + 1e-12);  // side by side conducts best
    CHECK(mixed.across <= 57 + 1e-12);
  }
  CHECK(composite(underfill, solder, 0).along_x == Approx(1.6));
  CHECK(composite(underfill, solder, 1).along_x == Approx(57));
  CHECK(composite(underfill, underfill, 0.4).along_x == Approx(1.6));
}

TEST_CASE("a laminate conducts in a row across, side by side along") {
  const std::vector<Ply> plies{{100e-6, alike(100, 1e6)}, {20e-6, alike(2, 2e6)}};
  const auto pile = laminate(plies);
  CHECK(pile.across == Approx(120e-6 / (1e-6 + 1e-5)));
  CHECK(pile.along_x == Approx((100 * 100 + 20 * 2) / 120.0));
  CHECK(pile.capacity == Approx((100 * 1e6 + 20 * 2e6) / 120));
}
