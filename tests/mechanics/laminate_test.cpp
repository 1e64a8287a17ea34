// Bending of layers: Timoshenko's strip, symmetric stacks, and an oracle that minimises the energy of the
// stretched layers with no formula of plates.
#include "mechanics/laminate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include "support/property.h"

namespace mechanics = marquetry::mechanics;
using marquetry::Interval;
using mechanics::Extent;
using Ply = mechanics::Ply<double>;
using Shares = mechanics::Shares<double>;

namespace {

Ply ply(double thickness, double modulus, double poisson, double expansion) {
  return {thickness, {{Extent::package, modulus, poisson, expansion}}, modulus < mechanics::slides_below};
}

double curvature(const std::vector<Ply>& plies, double change, const Shares& shares = {}) {
  return mechanics::curvature(std::span<const Ply>{plies}, shares, change);
}

// Timoshenko, J. Opt. Soc. Am. 11 (1925) 233, eq. 4: a1, h1 below, a2, h2 above; bent towards the side that
// has shrunk more.
double timoshenko(double e1, double a1, double h1, double e2, double a2, double h2, double dt) {
  const double m = h1 / h2, n = e1 / e2, h = h1 + h2;
  return 6 * (a2 - a1) * dt * (1 + m) * (1 + m) /
         (h * (3 * (1 + m) * (1 + m) + (1 + m * n) * (m * m + 1 / (m * n))));
}

// Energy of thin slices that are stretched by e0 + z c - expansion: least over e0 and c, found by going
// downhill, not by solving.
double by_energy(const std::vector<Ply>& plies, double dt, double dies) {
  double total = 0;
  for (const auto& p : plies) total += p.thickness;
  struct Slice {
    double z{}, stiffness{}, free{};
  };
  std::vector<Slice> slices;
  double low = 0;
  for (const auto& p : plies) {
    constexpr int cut = 2000;
    for (int i = 0; i < cut; ++i) {
      const double z = (low + (i + 0.5) * p.thickness / cut) / total;
      for (const auto& f : p.fills) {
        slices.push_back({z,
                          (f.extent == Extent::dies ? dies : 1 - dies) * f.modulus / (1 - f.poisson) / 1e9 *
                              p.thickness / total / cut,
                          f.expansion * dt});
      }
    }
    low += p.thickness;
  }
  const auto energy = [&](double e, double c) {
    double sum = 0;
    for (const auto& s : slices) sum += s.stiffness * (e + c * s.z - s.free) * (e + c * s.z - s.free);
    return sum;
  };
  // The energy is a bowl: its minimum from values at six points.
  const double h = 1e-3, f = energy(0, 0), fe = energy(h, 0), fc = energy(0, h), ge = energy(-h, 0),
               gc = energy(0, -h), both = energy(h, h);
  const double de = (fe - ge) / (2 * h), dc = (fc - gc) / (2 * h), dee = (fe + ge - 2 * f) / (h * h),
               dcc = (fc + gc - 2 * f) / (h * h), dec = (both - fe - fc + f) / (h * h);
  return (-dc * dee + de * dec) / (dee * dcc - dec * dec) / total;
}

}  // namespace

TEST_CASE("two layers bend as Timoshenko's strip does") {
  // Copper below, silicon above, cooled by 100 K: copper shrinks more, the middle stands higher.
  const std::vector<Ply> plies{ply(1e-3, 120e9, 0, 17e-6), ply(0.5e-3, 130e9, 0, 2.6e-6)};
  const double expected = timoshenko(120e9, 17e-6, 1e-3, 130e9, 2.6e-6, 0.5e-3, -100);
  CHECK(curvature(plies, -100) == Approx(expected).epsilon(1e-12));
  CHECK(curvature(plies, -100) > 0);
  CHECK(curvature(plies, 100) == Approx(-expected).epsilon(1e-12));
}

TEST_CASE("equal layers, however many, and symmetric stacks stay flat") {
  const std::vector<Ply> equal(7, ply(0.2e-3, 24e9, 0.2, 15e-6));
  CHECK(std::abs(curvature(equal, -195)) < 1e-12);
  const std::vector<Ply> symmetric{ply(1e-4, 120e9, 0.34, 17e-6), ply(1e-3, 24e9, 0.2, 15e-6),
                                   ply(1e-4, 120e9, 0.34, 17e-6)};
  CHECK(std::abs(curvature(symmetric, -195)) < 1e-12);
}

TEST_CASE("the curvature is that of least energy") {
  marquetry::test::check_property([] {
    std::vector<Ply> plies;
    const double share = *rc::gen::inRange(1, 10) * 0.1;
    for (int i = *rc::gen::inRange(2, 6); i > 0; --i) {
      Ply p{*rc::gen::inRange(20, 1500) * 1e-6, {}, false};
      p.fills.push_back(
          {Extent::dies, *rc::gen::inRange(3, 200) * 1e9, 0.28, *rc::gen::inRange(0, 40) * 1e-6});
      p.fills.push_back(
          {Extent::beside, *rc::gen::inRange(3, 30) * 1e9, 0.3, *rc::gen::inRange(0, 40) * 1e-6});
      plies.push_back(p);
    }
    const double ours = curvature(plies, -125, {.carrier = 1, .dies = share});
    const double oracle = by_energy(plies, -125, share);
    RC_ASSERT(std::abs(ours - oracle) <= 2e-5 * std::abs(oracle) + 2e-4);
  });
}

TEST_CASE("a lid on a gel stiffens, but pulls at nothing") {
  const std::vector<Ply> bare{ply(1.4e-3, 24e9, 0.2, 15e-6), ply(0.775e-3, 130e9, 0.28, 2.6e-6)};
  auto lidded = bare;
  lidded.push_back(ply(75e-6, 5e6, 0.45, 200e-6));
  lidded.push_back(ply(2e-3, 120e9, 0.34, 17e-6));
  const double before = curvature(bare, -125), with = curvature(lidded, -125);
  CHECK(before > 0);
  CHECK(with > 0);
  CHECK(with < 0.75 * before);
  // Whatever it is made of: its expansion does not enter.
  lidded.back().fills.front().expansion = 0;
  CHECK(curvature(lidded, -125) == Approx(with));
  // Alone it has E h^3 / 12 (1 - nu) of bending stiffness, wherever it lies.
  lidded.front().fills.front().modulus = lidded[1].fills.front().modulus = 0;
  CHECK(curvature(lidded, -125) == Approx(0).margin(1e-12));
}

TEST_CASE("warpage of a plate, and the plate of a warpage") {
  CHECK(mechanics::warpage(0.4, 0.0025) == Approx(0.4 * 0.005 / 8));
  CHECK(mechanics::warpage(-0.4, 0.0025) == Approx(0.4 * 0.005 / 8));
  const double side = mechanics::largest_side(0.4, 200e-6);
  CHECK(mechanics::warpage(0.4, side * side) == Approx(200e-6));
  CHECK(std::isinf(mechanics::largest_side(0, 200e-6)));
}

TEST_CASE("bounds of the curvature hold every stack between them, and are its value where nothing is open") {
  marquetry::test::check_property([] {
    std::vector<mechanics::Ply<Interval>> open, exact;
    std::vector<Ply> inside;
    const auto part = [](Extent extent, Ply& in, mechanics::Ply<Interval>& bounds,
                         mechanics::Ply<Interval>& at) {
      const double low = *rc::gen::inRange(3, 200) * 1e9, high = low * (1 + *rc::gen::inRange(0, 4) * 0.1);
      const double expansion = *rc::gen::inRange(0, 40) * 1e-6, value = low + 0.3 * (high - low);
      in.fills.push_back({extent, value, 0.3, expansion});
      bounds.fills.push_back({extent, Interval{low, high}, 0.3, expansion});
      at.fills.push_back({extent, value, 0.3, expansion});
    };
    const double low = *rc::gen::inRange(1, 9) * 0.1, high = low + 0.1, dies = low + 0.07;
    for (int i = *rc::gen::inRange(2, 6); i > 0; --i) {
      const double h = *rc::gen::inRange(20, 1500) * 1e-6;
      inside.push_back({h, {}, false}), open.push_back({h, {}, false}), exact.push_back({h, {}, false});
      part(Extent::dies, inside.back(), open.back(), exact.back());
      part(Extent::beside, inside.back(), open.back(), exact.back());
    }
    const double value = curvature(inside, -125, {.carrier = 1, .dies = dies});
    const auto bounds = mechanics::curvature<Interval>(open, {.carrier = 1.0, .dies = {low, high}}, -125);
    RC_ASSERT(bounds.lower <= value + 1e-12);
    RC_ASSERT(value <= bounds.upper + 1e-12);
    const auto point = mechanics::curvature<Interval>(exact, {.carrier = 1.0, .dies = dies}, -125);
    RC_ASSERT(std::abs(point.lower - value) < 1e-10);
    RC_ASSERT(std::abs(point.upper - value) < 1e-10);
    const auto size = mechanics::warpage(bounds, Interval{0.001, 0.002});
    RC_ASSERT(size.lower <= mechanics::warpage(value, 0.001));
    RC_ASSERT(mechanics::warpage(value, 0.002) <= size.upper + 1e-15);
  });
}
