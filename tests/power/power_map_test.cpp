// Watts by place: rectangles that share a die out, their sum, and the grid made of them.
#include "power/power_map.h"

#include <catch2/catch.hpp>
#include <numeric>
#include "support/property.h"

namespace power = marquetry::power;
using marquetry::geometry::Rect;

namespace {

constexpr marquetry::geometry::Nanometre mm = 1'000'000;

struct Sum {
  double dynamic{}, leakage{}, area{};
};
Sum sum(const power::DieMap& map) {
  Sum out;
  for (const auto& s : map.spots) {
    out.dynamic += s.dynamic;
    out.leakage += s.leakage;
    out.area += s.box.width * s.box.height;
  }
  return out;
}

}  // namespace

TEST_CASE("a die without parts is one rectangle of even power") {
  const auto map = power::die_map({{3 * mm, 4 * mm}, {13 * mm, 9 * mm}}, {}, 20, 5);
  REQUIRE(map.spots.size() == 1);
  CHECK(map.spots[0].box.x == 0);
  CHECK(map.spots[0].box.width == Approx(0.010));
  CHECK(map.spots[0].box.height == Approx(0.005));
  CHECK(map.spots[0].dynamic == Approx(20));
  CHECK(map.spots[0].leakage == Approx(5));
}

TEST_CASE("a PHY at the edge has its own power and its share of the die's") {
  // 10 x 10 mm, 10 W; the PHY of 2 x 1 mm at the right edge draws 3 W: beside it 0.2 W of the even 10.
  const power::Part phy{{{8 * mm, 4 * mm}, {10 * mm, 5 * mm}}, 3};
  const auto map = power::die_map({{0, 0}, {10 * mm, 10 * mm}}, std::span{&phy, 1}, 10, 0);
  REQUIRE(map.spots.size() == 4);  // below, left of it, it, above
  bool found = false;
  for (const auto& s : map.spots) {
    if (s.box.x < 0.0079) continue;
    found = true;
    CHECK(s.box.y == Approx(0.004));
    CHECK(s.dynamic == Approx(3.2));
  }
  CHECK(found);
  CHECK(sum(map).dynamic == Approx(13));
}

TEST_CASE("what lies outside the die is not lost") {
  const std::vector<power::Part> parts{
      {{{-2 * mm, 0}, {-1 * mm, mm}}, 4},  // beside it: to the whole die
      {{{9 * mm, 0}, {11 * mm, mm}}, 2}};  // half outside: to the half inside
  const auto map = power::die_map({{0, 0}, {10 * mm, 10 * mm}}, parts, 1, 0);
  CHECK(sum(map).dynamic == Approx(7));
}

TEST_CASE("any parts: the rectangles tile the die, and neither they nor the grid lose a watt") {
  marquetry::test::check_property([] {
    const auto at = [](int high) { return *rc::gen::inRange(0, high) * mm / 10; };
    const Rect outline{{at(50), at(50)}, {10 * mm, 8 * mm}};
    std::vector<power::Part> parts;
    double watts = 12;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
      const auto x = at(120), y = at(120);
      parts.push_back({{{x, y}, {x + at(40) + 1, y + at(40) + 1}}, *rc::gen::inRange(0, 50) * 0.1});
      watts += parts.back().power;
    }
    const auto map = power::die_map(outline, parts, 12, 3);
    const auto all = sum(map);
    RC_ASSERT(std::abs(all.dynamic - watts) < 1e-9);
    RC_ASSERT(std::abs(all.leakage - 3) < 1e-9);
    RC_ASSERT(std::abs(all.area / (map.width * map.height) - 1) < 1e-9);
    for (std::size_t i = 0; i < map.spots.size(); ++i) {
      for (std::size_t j = i + 1; j < map.spots.size(); ++j) {
        const auto &a = map.spots[i].box, &b = map.spots[j].box;
        const double wide = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
        const double high = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
        RC_ASSERT(std::min(wide, high) < 1e-12);
      }
    }
    const auto grid = power::raster(map, 13, 7);
    RC_ASSERT(std::abs(std::accumulate(grid.begin(), grid.end(), 0.0) - watts - 3) < 1e-6);
  });
}
