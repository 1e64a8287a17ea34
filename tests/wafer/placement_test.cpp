// Dies placed on a wafer: by hand, against published optima, against a plain search over offsets, and by a
// count that shares nothing with the search.
#include "wafer/placement.h"

#include <catch2/catch.hpp>
#include <numbers>

#include "support/property.h"
#include "wafer/workspace.h"

using namespace marquetry;
using namespace marquetry::unit;
using wafer::KeepOut;
using wafer::Site;

namespace {

// Dies of a grid through (x, y), all in mm, whose corners lie on the wafer and whose rectangles keep clear.
struct Checker {
  double width, height, scribe, radius;
  KeepOut keep_out{};

  explicit Checker(const Site& site, bool rotated = false)
      : width{site.width / mm},
        height{site.height / mm},
        scribe{site.scribe / mm},
        radius{site.usable_radius / mm},
        keep_out{site.keep_out} {
    if (rotated) std::swap(width, height);
  }
  bool is_clear(double left, double bottom) const {
    constexpr double rounding = 1e-9;
    const double distance = keep_out.distance / mm;
    if (keep_out.shape == KeepOut::Shape::flat) return bottom >= -distance - rounding;
    if (keep_out.shape == KeepOut::Shape::none) return true;
    // Nearest point of the rectangle to the notch's centre.
    const double x = std::clamp(0.0, left, left + width);
    const double y = std::clamp(-distance, bottom, bottom + height);
    return std::hypot(x, y + distance) >= keep_out.radius / mm - rounding;
  }
  bool is_legal(double left, double bottom) const {
    for (const double x : {left, left + width}) {
      for (const double y : {bottom, bottom + height}) {
        if (std::hypot(x, y) > radius + 1e-9) return false;
      }
    }
    return is_clear(left, bottom);
  }
  int count(double x, double y) const {
    const double step_x = width + scribe, step_y = height + scribe;
    const int columns = static_cast<int>(radius / step_x) + 2, rows = static_cast<int>(radius / step_y) + 2;
    int dies = 0;
    for (int i = -columns; i <= columns; ++i) {
      for (int j = -rows; j <= rows; ++j) {
        dies += is_legal(x - width / 2 + i * step_x, y - height / 2 + j * step_y) ? 1 : 0;
      }
    }
    return dies;
  }
};

// The count at the offset that is returned.
int recount(const Site& site, const wafer::Placement& found) {
  return Checker{site, found.rotated}.count(found.x / mm, found.y / mm);
}

// In tenths of a millimetre, so that touching draws occur; thin dies among them.
Site drawn_site() {
  const auto draw = [](int low, int high) { return 0.1 * *rc::gen::inRange(low, high + 1) * mm; };
  Site site{draw(20, 400), draw(20, 400), draw(0, 3), draw(400, 1500)};
  if (*rc::gen::inRange(0, 4) == 0) site.width = draw(15, 60);
  return site;
}

KeepOut drawn_keep_out(const Site& site) {
  const auto share = [] { return 0.01 * *rc::gen::inRange(0, 101); };
  if (*rc::gen::inRange(0, 2) == 0) {
    return {KeepOut::Shape::flat, (0.5 + 0.5 * share()) * site.usable_radius, {}};
  }
  return {KeepOut::Shape::notch, site.usable_radius + 3.0 * mm, (1 + 20 * share()) * mm};
}

Length<double> side(double x) { return x * mm; }

long dies(double width, double height, double scribe, double radius) {
  return wafer::place_dies({side(width), side(height), side(scribe), side(radius)}).dies;
}

}  // namespace

TEST_CASE("dies of 50 x 50 mm on a usable radius of 100 mm, by hand") {
  // Three side by side need a half chord of 75, so edges within 66.1 of the middle: two such rows, at -66 ...
  // -16 and -16 ... 34. A row at 34 ... 84 has a half chord of 54.2: the middle column's die. 3 + 3 + 1.
  CHECK(dies(50, 50, 0, 100) == 7);
  CHECK(dies(200, 200, 0, 100) == 0);                        // wider than the wafer
  CHECK(dies(140, 140, 0, 100) == 1);                        // the diagonal of 198 just fits
  CHECK(dies(100, 100, 0, 100 * std::numbers::sqrt2) == 4);  // four about the middle touch the rim
  CHECK(dies(120, 160, 0, 100) == 1);                        // 3, 4, 5: the corners touch the rim
  CHECK(dies(120, 160.000001, 0, 100) == 0);
  CHECK(wafer::place_dies({}).dies == 0);
}

TEST_CASE("dies reach the published optima of a free offset") {
  // Best of 400 ... 3000 heights with every critical offset along the rows (lower bounds of the optimum), and
  // of 41 x 41 offsets; usable diameter 299.8 mm, streets of 0.13 mm.
  const auto [width, height, bound, grid] = GENERATE(table<double, double, long, long>({
      {5, 5, 2586, 2585},
      {10, 10, 637, 637},
      {7, 14, 645, 644},
      {14.5, 25.8, 162, 162},
      {20, 20, 150, 150},
      {26, 33, 66, 66},
      {28.3, 28.3, 71, 71},
      {12.7, 12.7, 387, 387},
      {3.3, 3.3, 5842, 5841},
      {40, 40, 33, 33},
      {4, 30, 496, 495},
  }));
  CAPTURE(width, height);
  const Site site{side(width), side(height), 0.13 * mm, 149.9 * mm};
  const auto found = wafer::place_dies(site);
  CHECK(found.proved);
  CHECK(found.dies >= bound);
  CHECK(found.dies >= grid);
  CHECK(recount(site, found) == found.dies);
  CHECK(dies(height, width, 0.13, 149.9) == found.dies);  // a wafer has no up
}

TEST_CASE("no offset of a 41 x 41 grid holds more dies, with and without a keep-out") {
  test::check_property([] {
    auto site = drawn_site();
    if (*rc::gen::inRange(0, 2) == 0) site.keep_out = drawn_keep_out(site);
    const auto found = wafer::place_dies(site);
    RC_ASSERT(found.proved);
    RC_ASSERT(recount(site, found) == found.dies);
    const Checker checker{site};
    // All of it where dies are large; of smaller ones, which have thousands of places, a line of it.
    const bool whole = site.width * site.height > 300 * mm2;
    const int line = *rc::gen::inRange(0, 41);
    for (int i = 0; i < 41; ++i) {
      for (int j = 0; j < 41; ++j) {
        if (!whole && j != line) continue;
        const double x = (checker.width + checker.scribe) * i / 41;
        const double y = (checker.height + checker.scribe) * j / 41;
        RC_ASSERT(checker.count(x, y) <= found.dies);
      }
    }
  });
}

TEST_CASE("dies fall with width, height, street and rim, and over a flat") {
  test::check_property([] {
    auto site = drawn_site();
    if (*rc::gen::inRange(0, 3) == 0) {
      site.keep_out = {KeepOut::Shape::flat, 0.9 * site.usable_radius, {}};
    }
    const long all = wafer::place_dies(site).dies;
    const double more = 1 + 1e-3 * *rc::gen::inRange(1, 500);
    auto wider = site, higher = site, apart = site, smaller = site;
    wider.width = more * wider.width;
    higher.height = more * higher.height;
    apart.scribe = apart.scribe + (more - 1) * mm;
    smaller.usable_radius = smaller.usable_radius / more;
    for (const auto& worse : {wider, higher, apart, smaller}) RC_ASSERT(wafer::place_dies(worse).dies <= all);
    RC_ASSERT(static_cast<double>(all) <=
              std::numbers::pi * site.usable_radius * site.usable_radius / (site.width * site.height));
  });
}

TEST_CASE("a flat beyond the rim changes nothing: two searches agree") {
  // With a keep-out heights are bisected, without one cells of heights and offsets are refuted.
  test::check_property([] {
    auto site = drawn_site();
    if (*rc::gen::inRange(0, 2) == 0) {  // sizes that meet nowhere
      const auto share = [] { return 1e-6 * *rc::gen::inRange(0, 1'000'000); };
      site = {(4 + 30 * share()) * mm, (4 + 30 * share()) * mm, 0.2 * share() * mm, (147 + 3 * share()) * mm};
    }
    auto flattened = site;
    flattened.keep_out = {KeepOut::Shape::flat, 1.1 * site.usable_radius, {}};
    const auto bare = wafer::place_dies(site);
    RC_ASSERT(bare.dies == wafer::place_dies(flattened).dies);
    RC_ASSERT(recount(site, bare) == bare.dies);
  });
}

TEST_CASE("a keep-out never adds dies, a larger one never fewer losses; turning never harms") {
  test::check_property([] {
    const auto plain = drawn_site();
    auto notched = plain, larger = plain, turned = plain;
    notched.keep_out = {KeepOut::Shape::notch, plain.usable_radius + 2.0 * mm, 5.0 * mm};
    larger.keep_out = {KeepOut::Shape::notch, plain.usable_radius + 2.0 * mm, 9.0 * mm};
    turned = larger;
    turned.rotation = wafer::Rotation::allowed;
    const long all = wafer::place_dies(plain).dies, with = wafer::place_dies(notched).dies;
    const long fewest = wafer::place_dies(larger).dies;
    RC_ASSERT(with <= all);
    RC_ASSERT(fewest <= with);
    const auto best = wafer::place_dies(turned);
    RC_ASSERT(best.dies >= fewest);
    RC_ASSERT(recount(turned, best) == best.dies);
  });
}

TEST_CASE("a workspace gives what a search gives, however often and in whatever order it is asked") {
  wafer::Workspace workspace;
  test::check_property([&] {
    const auto site = drawn_site();
    const auto fresh = wafer::place_dies(site);
    for (int i = 0; i < 2; ++i) {
      const auto kept = wafer::place_dies(site, workspace);
      RC_ASSERT(kept.dies == fresh.dies);
      RC_ASSERT(kept.x == fresh.x);
      RC_ASSERT(kept.y == fresh.y);
    }
    auto other = site;
    other.keep_out = drawn_keep_out(site);
    RC_ASSERT(wafer::place_dies(other, workspace).dies == wafer::place_dies(other).dies);
  });
}

TEST_CASE("dies too small to be proved end in time, and say so") {
  const Site site{10.0 * um, 10.0 * um, {}, 150.0 * mm};
  const auto found = wafer::place_dies(site);
  CHECK_FALSE(found.proved);
  CHECK(static_cast<double>(found.dies) <= std::numbers::pi * 150 * 150 * 1e4);
  CHECK(static_cast<double>(found.dies) > 0.9999 * std::numbers::pi * 150 * 150 * 1e4);
}
