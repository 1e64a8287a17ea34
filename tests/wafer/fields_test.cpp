// Panels, exposures and stitching: by hand, and against counts that share nothing with them.
#include <catch2/catch.hpp>
#include <set>

#include "support/property.h"
#include "wafer/panel.h"
#include "wafer/shots.h"

using namespace marquetry;
using namespace marquetry::unit;
using namespace marquetry::wafer;

namespace {

Length<> tenths(int low, int high) { return 0.1 * *rc::gen::inRange(low, high + 1) * mm; }

// Fields that touch a die, with the dies listed one by one; phases as given.
long shots_of(const std::vector<std::pair<long, long>>& dies, long columns, long rows, long across,
              long down) {
  const auto cell = [](long i, long size) { return i >= 0 ? i / size : -((-i + size - 1) / size); };
  std::set<std::pair<long, long>> fields;
  for (const auto& [i, j] : dies) fields.insert({cell(i + across, columns), cell(j + down, rows)});
  return static_cast<long>(fields.size());
}

// Places of the lattice that hold whole dies, by their corners.
std::vector<std::pair<long, long>> listed(const Site& site, const Placement& at) {
  std::vector<std::pair<long, long>> all;
  const double width = site.width / mm, height = site.height / mm, radius = site.usable_radius / mm;
  for (long i = -40; i <= 40; ++i) {
    for (long j = -40; j <= 40; ++j) {
      const double x = at.x / mm + static_cast<double>(i) * ((site.width + site.scribe) / mm);
      const double y = at.y / mm + static_cast<double>(j) * ((site.height + site.scribe) / mm);
      if (std::hypot(std::abs(x) + width / 2, std::abs(y) + height / 2) <= radius + 1e-9)
        all.push_back({i, j});
    }
  }
  return all;
}

}  // namespace

TEST_CASE("a panel of 510 x 515 mm, by hand") {
  const Panel panel{510 * mm, 515 * mm, 5 * mm};
  // 500 / 50 and 505 / 50 without streets; streets of 0.5 mm: 500.5 / 50.5 = 9.9, 505.5 / 50.5 = 10.01.
  CHECK(place_on_panel(panel, 50 * mm, 50 * mm, 0 * mm, Rotation::fixed).parts == 100);
  CHECK(place_on_panel(panel, 50 * mm, 50 * mm, 0.5 * mm, Rotation::fixed).parts == 90);
  // 55 x 70: 9 x 7; turned 7 x 9: no better. 120 x 165: 4 x 3; turned 3 x 4. 240 x 100: 2 x 5, turned 5 x 2.
  CHECK(place_on_panel(panel, 55 * mm, 70 * mm, 0 * mm, Rotation::allowed).parts == 63);
  CHECK(place_on_panel({500 * mm, 300 * mm, 0 * mm}, 290 * mm, 160 * mm, 0 * mm, Rotation::fixed).parts == 1);
  const auto turned =
      place_on_panel({500 * mm, 300 * mm, 0 * mm}, 290 * mm, 160 * mm, 0 * mm, Rotation::allowed);
  CHECK(turned.parts == 3);
  CHECK(turned.rotated);
  CHECK(place_on_panel(panel, 600 * mm, 10 * mm, 1 * mm, Rotation::allowed).parts == 0);
  CHECK(place_on_panel(panel, 0 * mm, 10 * mm, 1 * mm, Rotation::allowed).parts == 0);
  CHECK(place_on_panel({510 * mm, 515 * mm, 300 * mm}, 10 * mm, 10 * mm, 1 * mm, Rotation::allowed).parts ==
        0);
}

TEST_CASE("parts on a panel fit, and one more row or column does not") {
  test::check_property([] {
    const Panel panel{510 * mm, 515 * mm, tenths(0, 100)};
    const auto width = tenths(50, 2000), height = tenths(50, 2000), scribe = tenths(0, 20);
    const auto room_x = panel.length - 2.0 * panel.margin, room_y = panel.breadth - 2.0 * panel.margin;
    const auto fitting = [&](Length<> room, Length<> side) {
      long n = 0;
      while (side * static_cast<double>(n + 1) + scribe * static_cast<double>(n) <= room + 1e-9 * mm) ++n;
      return n;
    };
    const long upright = fitting(room_x, width) * fitting(room_y, height);
    const long turned = fitting(room_x, height) * fitting(room_y, width);
    RC_ASSERT(place_on_panel(panel, width, height, scribe, Rotation::fixed).parts == upright);
    RC_ASSERT(place_on_panel(panel, width, height, scribe, Rotation::allowed).parts ==
              std::max(upright, turned));
  });
}

TEST_CASE("stitching: an interposer of 2 x 2 fields, by hand") {
  const auto s = stitching(52 * mm, 66 * mm, full_field);
  CHECK(s.columns == 2);
  CHECK(s.rows == 2);
  CHECK(s.fields() == 4);
  CHECK(s.seams() == 4);
  // One seam upright of 66 mm, one level of 52 mm.
  const auto seams = seam_length<double>(s, 26 * mm, 33 * mm);
  CHECK(seams / mm == Approx(118));
  CHECK(stitch_yield<double>(1e-3 / mm, seams) == Approx(std::exp(-0.118)));
  CHECK(stitch_yield_by_seam(0.99, s) == Approx(0.99 * 0.99 * 0.99 * 0.99));
  CHECK(mask_sets(s, FieldContent::distinct) == 4);
  CHECK(mask_sets(s, FieldContent::alike) == 1);
  // One field: no seam, nothing to lose.
  const auto one = stitching(26 * mm, 33 * mm, full_field);
  CHECK(one.fields() == 1);
  CHECK(stitch_yield_by_seam(0.9, one) == Approx(1));
  CHECK(stitching(33 * mm, 26 * mm, full_field).fields() == 1);     // turned
  CHECK(stitching(26 * mm, 33 * mm, high_na_field).fields() == 2);  // half fields
  CHECK(stitching(26.1 * mm, 33 * mm, full_field).fields() == 2);
}

TEST_CASE("a longer seam or more defects never raise the yield; the slope is the central difference") {
  test::check_property([] {
    const Stitching s{*rc::gen::inRange(1, 6), *rc::gen::inRange(1, 6)};
    const Stitching more{s.columns + 1, s.rows};
    const double d = 1e-4 * *rc::gen::inRange(1, 100);
    const auto yield = [&](const Stitching& of, double defects) {
      return stitch_yield<double>(defects / mm, seam_length<double>(of, 26 * mm, 33 * mm));
    };
    RC_ASSERT(yield(more, d) <= yield(s, d));
    RC_ASSERT(yield(s, 2 * d) <= yield(s, d));
    const auto defects = SeamDefects<Dual>::from_si(Dual::input((d / mm).si(), 0));
    const Dual dual = stitch_yield<Dual>(defects, Length<Dual>{seam_length<double>(s, 26 * mm, 33 * mm)});
    const double step = 1e-6 * d;
    const double difference = (yield(s, d + step) - yield(s, d - step)) / ((2 * step) / mm).si();
    RC_ASSERT(std::abs(dual.slope(0) - difference) <= 1e-6 * std::abs(difference) + 1e-12);
  });
}

TEST_CASE("exposures: one die a field takes a shot a die; a larger die takes none") {
  const auto one = shot_map({26 * mm, 33 * mm, 0.13 * mm, 149.9 * mm}, full_field);
  CHECK(one.dies == 66);
  CHECK(one.columns * one.rows == 1);
  CHECK(one.shots == 66);
  CHECK(shot_map({27 * mm, 34 * mm, 0.1 * mm, 147 * mm}, full_field).shots == 0);
  // Half fields: the same die does not fit; half of it does.
  CHECK(shot_map({26 * mm, 33 * mm, 0.13 * mm, 149.9 * mm}, high_na_field).shots == 0);
  CHECK(shot_map({26 * mm, 16.5 * mm, 0.13 * mm, 149.9 * mm}, high_na_field).shots > 66);
  // A third of the price goes with shots: 132 for 66 stated add a third.
  CHECK(wafer_price_factor(1.0 / 3, 132, 66) == Approx(4.0 / 3));
}

TEST_CASE("exposures are no fewer than dies ask for, and what some phase gives, counted die by die") {
  test::check_property([] {
    const Site site{tenths(40, 260), tenths(40, 330), tenths(0, 2), 147 * mm};
    const auto map = shot_map(site, full_field);
    const auto placement = place_dies(site);
    const auto dies = listed(site, placement);
    RC_ASSERT(static_cast<long>(dies.size()) == map.dies);
    RC_ASSERT(map.shots * map.columns * map.rows >= map.dies);
    long fewest = map.dies;
    for (long across = 0; across < map.columns; ++across) {
      for (long down = 0; down < map.rows; ++down) {
        fewest = std::min(fewest, shots_of(dies, map.columns, map.rows, across, down));
      }
    }
    RC_ASSERT(map.shots == fewest);
  });
}

TEST_CASE("several dies in one field: each whole one counts, and one die is the plain case") {
  const Site cell{26 * mm, 33 * mm, 0.13 * mm, 149.9 * mm};
  const FieldDie whole{{}, {}, 26 * mm, 33 * mm};
  CHECK(place_mixed(cell, std::span{&whole, 1}).dies == std::vector<long>{66});
  // A large die and two small ones beside it: of partial fields at the rim the small ones are whole more
  // often.
  const std::vector<FieldDie> content{{{}, {}, 26 * mm, 20 * mm},
                                      {{}, 20.1 * mm, 12.9 * mm, 12.9 * mm},
                                      {13.1 * mm, 20.1 * mm, 12.9 * mm, 12.9 * mm}};
  const auto mixed = place_mixed(cell, content);
  REQUIRE(mixed.dies.size() == 3);
  for (const long dies : mixed.dies) CHECK(dies >= 60);
  CHECK(mixed.value == Approx(mixed.dies[0] + mixed.dies[1] + mixed.dies[2]));
  CHECK(mixed.value > 3 * 66);
  CHECK(mixed.shots >= *std::max_element(mixed.dies.begin(), mixed.dies.end()));
}
