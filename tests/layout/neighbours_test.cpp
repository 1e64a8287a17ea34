// Overlaps and gaps against a raster, and many dies at once.
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "layout/small_case.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

constexpr int side = 24;

// Of small dies with rings on a small carrier: which pairs overlap, and which come too near, by squares.
struct Raster {
  std::set<std::pair<std::size_t, std::size_t>> overlaps{}, nears{};
};
bool covers(const geometry::Rect& rect, Nanometre x, Nanometre y) {
  return rect.low.x <= x && x < rect.high.x && rect.low.y <= y && y < rect.high.y;
}
Raster rasterised(const Case& c) {
  Raster raster;
  const auto& rings = c.problem.dies;
  for (std::size_t a = 0; a < rings.size(); ++a) {
    for (std::size_t b = a + 1; b < rings.size(); ++b) {
      const auto one = geometry::outline(c.layout.dies[a], c.layout.sizes[a]),
                 other = geometry::outline(c.layout.dies[b], c.layout.sizes[b]);
      const auto near = geometry::widened(one, rings[a].ring + c.problem.gap),
                 ring = geometry::widened(other, rings[b].ring);
      bool overlaps = false, nears = false;
      for (Nanometre x = -side; x < 2 * side; ++x) {
        for (Nanometre y = -side; y < 2 * side; ++y) {
          overlaps = overlaps || (covers(one, x, y) && covers(other, x, y));
          nears = nears || (covers(near, x, y) && covers(ring, x, y));
        }
      }
      if (overlaps) raster.overlaps.insert({a, b});
      if (nears && !overlaps) raster.nears.insert({a, b});
    }
  }
  return raster;
}

std::set<std::pair<std::size_t, std::size_t>> pairs_of(const Case& c, const std::string& rule) {
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& violation : layout::violations(c.problem, c.layout)) {
    if (violation.rule == rule) pairs.insert({violation.dies.at(0), violation.dies.at(1)});
  }
  return pairs;
}

}  // namespace

TEST_CASE("overlaps and gaps are those of a raster") {
  std::size_t overlaps = 0, nears = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    Rng rng = Rng{5}.fork(i);
    Case c;
    c.layout.carrier = {{-100, -100}, {200, 200}};
    c.layout.package = c.layout.carrier;
    c.problem.gap = static_cast<Nanometre>(rng.below(3));
    for (int d = 0; d < 5; ++d) {
      add_die(c, "d",
              {{0, 0}, {static_cast<Nanometre>(1 + rng.below(8)), static_cast<Nanometre>(1 + rng.below(8))}});
      c.layout.dies.back() = {
          {static_cast<Nanometre>(rng.below(side)), static_cast<Nanometre>(rng.below(side))},
          geometry::rotations[rng.below(4)]};
      c.problem.dies.back().ring = static_cast<Nanometre>(rng.below(2));
    }
    const auto raster = rasterised(c);
    CHECK(pairs_of(c, "overlap") == raster.overlaps);
    CHECK(pairs_of(c, "gap") == raster.nears);
    overlaps += raster.overlaps.size();
    nears += raster.nears.size();
  }
  CHECK(overlaps > 50);
  CHECK(nears > 50);
}

TEST_CASE("ten thousand dies are held against every rule, and one out of place is found") {
  Case c;
  c.problem.gap = 100 * um;
  c.problem.edge = 1 * mm;
  for (int i = 0; i < 10'000; ++i)
    add_die(c, "d" + std::to_string(i), rect(1 + 1.1 * (i % 100), 1 + 1.1 * (i / 100), 1, 1));
  c.layout.carrier = c.layout.package = rect(0, 0, 111.9, 111.9);
  CHECK(broken(c).empty());
  c.layout.dies[5'432].low.x += 1;
  CHECK(message(c) == "'d5432' and 'd5433' are 0.099999 mm apart, and need 0.1 mm");
}

TEST_CASE("a heap of ten thousand dies is refused without a message for each of its pairs") {
  Case c;
  for (int i = 0; i < 10'000; ++i) add_die(c, "d", rect(1, 1, 1, 1));
  c.layout.carrier = c.layout.package = rect(0, 0, 10, 10);
  const auto found = layout::violations(c.problem, c.layout);
  CHECK(found.size() == 10'000);
  CHECK(found.back().rule == "overlap");
}
