#include "geometry/raster.h"

#include <catch2/catch.hpp>
#include "support/property.h"

namespace marquetry::geometry {
namespace {

double total(const std::vector<Share>& shares) {
  double sum = 0;
  for (const auto& s : shares) sum += s.of_cell;
  return sum;
}

TEST_CASE("a rectangle gives each cell the part of it that it covers") {
  // Cells of 2 x 5. The rectangle from (1, 4) to (4, 6) has half of column 0, all of column 1; a fifth of row
  // 0 and of row 1.
  const auto shares = overlaps({1, 4, 3, 2}, {4, 3, 8, 15});
  REQUIRE(shares.size() == 4);
  CHECK(shares[0].cell == 0);
  CHECK(shares[0].of_cell == Approx(0.5 * 0.2));
  CHECK(shares[1].cell == 1);
  CHECK(shares[1].of_cell == Approx(1.0 * 0.2));
  CHECK(shares[2].cell == 4);
  CHECK(shares[2].of_cell == Approx(0.5 * 0.2));
  CHECK(shares[3].cell == 5);
  CHECK(shares[3].of_cell == Approx(1.0 * 0.2));
}

TEST_CASE("the whole plane has every cell once, whole") {
  const auto shares = overlaps({0, 0, 0.0123, 0.0087}, {64, 48, 0.0123, 0.0087});
  REQUIRE(shares.size() == 64 * 48);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    CHECK(shares[i].cell == i);
    CHECK(shares[i].of_cell == Approx(1.0));
  }
}

TEST_CASE("an edge on the border of two cells touches only one of them, however it is rounded") {
  const double cell = 0.03 / 64;
  for (std::size_t i = 0; i < 64; ++i) {
    const auto shares = spans(static_cast<double>(i) * cell, cell, 64, 0.03);
    REQUIRE(shares.size() == 1);
    CHECK(shares[0].cell == i);
  }
}

TEST_CASE("what lies beyond the plane, or has no area, counts to no cell") {
  CHECK(overlaps({-3, 0, 2, 1}, {4, 4, 4, 4}).empty());
  CHECK(overlaps({4, 0, 2, 1}, {4, 4, 4, 4}).empty());
  CHECK(overlaps({1, 1, 0, 1}, {4, 4, 4, 4}).empty());
  CHECK(total(overlaps({-1, -1, 2, 2}, {4, 4, 4, 4})) == Approx(1.0));
}

TEST_CASE("a stretch far narrower than a cell keeps its length") {
  const auto shares = spans(0.5, 1e-12, 4, 4.0);
  REQUIRE(shares.size() == 1);
  CHECK(shares[0].of_cell == Approx(1e-12).epsilon(1e-3));
}

TEST_CASE("areas are kept, and rectangles that share an edge add up to their union") {
  marquetry::test::check_property([] {
    const auto draw = [](int low, int high) { return *rc::gen::inRange(low, high) * 0.0137; };
    const Plane plane{*rc::gen::inRange<std::size_t>(1, 40), *rc::gen::inRange<std::size_t>(1, 40), 10, 7};
    const double x = draw(0, 300), y = draw(0, 200), w = draw(1, 400), h = draw(1, 300);
    const double cell = plane.width * plane.height / static_cast<double>(plane.columns * plane.rows);
    const auto whole = overlaps({x, y, w, h}, plane);
    // What of it lies within the plane, without a grid.
    const double inside =
        std::max(0.0, std::min(x + w, plane.width) - x) * std::max(0.0, std::min(y + h, plane.height) - y);
    RC_ASSERT(std::abs(total(whole) * cell - inside) <= 1e-7 * cell * static_cast<double>(whole.size() + 1));
    std::vector<double> sum(plane.columns * plane.rows);
    for (const auto& part : {Box{x, y, w / 3, h}, Box{x + w / 3, y, w - w / 3, h}})
      for (const auto& s : overlaps(part, plane)) sum[s.cell] += s.of_cell;
    for (const auto& s : whole) sum[s.cell] -= s.of_cell;
    for (const double rest : sum) RC_ASSERT(std::abs(rest) < 1e-8);
  });
}

}  // namespace
}  // namespace marquetry::geometry
