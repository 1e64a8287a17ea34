#include <catch2/catch.hpp>

#include "geometry/geometry.h"

namespace marquetry::geometry {
namespace {

TEST_CASE("four quarter turns bring a point back, and each keeps it within the turned outline") {
  const Size size{30, 10};
  const Point p{7, 2};
  // Counter-clockwise: the point 7 from the left and 2 from the bottom stands 8 from the left and 7 up after
  // one.
  CHECK(turned(p, size, Rotation::r90) == Point{8, 7});
  CHECK(turned(p, size, Rotation::r180) == Point{23, 8});
  CHECK(turned(p, size, Rotation::r270) == Point{2, 23});
  Point q = p;
  Size s = size;
  for (int k = 0; k < 4; ++k) {
    q = turned(q, s, Rotation::r90);
    s = turned(s, Rotation::r90);
    CHECK(contains({{}, {s.width, s.height}}, {q, q}));
  }
  CHECK(q == p);
  CHECK(s == size);
}

TEST_CASE("a turn takes the middle of a side to the middle of the turned side") {
  const Size size{40, 12};
  const auto middle = [](Size s, Side side) -> Point {
    switch (side) {
      case Side::bottom:
        return {s.width / 2, 0};
      case Side::right:
        return {s.width, s.height / 2};
      case Side::top:
        return {s.width / 2, s.height};
      default:
        return {0, s.height / 2};
    }
  };
  for (const auto rotation : rotations) {
    for (const auto side : sides) {
      CHECK(turned(middle(size, side), size, rotation) ==
            middle(turned(size, rotation), turned(side, rotation)));
    }
  }
}

TEST_CASE("rectangles that touch do not overlap; a common rectangle of negative width is the gap") {
  const Rect a{{0, 0}, {10, 10}}, b{{10, 3}, {20, 5}}, c{{13, 0}, {20, 10}};
  CHECK_FALSE(overlap(a, b));
  CHECK(overlap(a, widened(b, 1)));
  CHECK(common(a, c).width() == -3);
  CHECK(hull(a, c) == Rect{{0, 0}, {20, 10}});
}

}  // namespace
}  // namespace marquetry::geometry
