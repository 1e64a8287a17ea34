// Dies on a wafer: by hand, against a placement that shares nothing with the function, and against published
// optima.
#include "cost/wafer.h"

#include <catch2/catch.hpp>
#include <numbers>
#include <set>

#include "support/property.h"

using namespace marquetry;
using cost::dies_on_wafer;

namespace {

struct Wafer {
  double width, height, scribe, radius;  // any one unit of length
};

double dies(const Wafer& w) { return dies_on_wafer(w.width, w.height, w.scribe, w.radius); }

// In tenths of a millimetre, so that draws are exact: sides of 2 ... 40 mm, streets up to 0.3 mm.
Wafer drawn_wafer() {
  const auto draw = [](int low, int high) { return static_cast<double>(*rc::gen::inRange(low, high + 1)); };
  return {draw(20, 400), draw(20, 400), draw(0, 3), draw(470, 1500)};
}

// Rectangles of one grid whose four corners lie on the wafer. Shares nothing with the function under test.
int placed(const Wafer& w, double x0, double y0) {
  const auto lies_inside = [&](double x, double y) {
    const double corners[][2] = {{x, y}, {x + w.width, y}, {x, y + w.height}, {x + w.width, y + w.height}};
    return std::ranges::all_of(corners,
                               [&](const auto& c) { return std::hypot(c[0], c[1]) <= w.radius + 1e-9; });
  };
  const double step_x = w.width + w.scribe, step_y = w.height + w.scribe;
  const int columns = static_cast<int>(w.radius / step_x) + 2, rows = static_cast<int>(w.radius / step_y) + 2;
  int count = 0;
  for (int i = -columns; i <= columns; ++i) {
    for (int j = -rows; j <= rows; ++j) count += lies_inside(x0 + i * step_x, y0 + j * step_y) ? 1 : 0;
  }
  return count;
}

// The best of the four placements that have a die or a street in the middle.
int best_placed(const Wafer& w) {
  int best = 0;
  for (const double x : {-w.width / 2, w.scribe / 2}) {
    for (const double y : {-w.height / 2, w.scribe / 2}) best = std::max(best, placed(w, x, y));
  }
  return best;
}

}  // namespace

TEST_CASE("dies of 50 x 50 mm on a usable radius of 100 mm, by hand") {
  // Die in the middle both ways: its row ends at y = 25, half chord 96.8: 2 floor((96.8 - 25) / 50) + 1 = 3;
  // the rows above and below end at 75, half chord 66.1: 2 floor(41.1 / 50) + 1 = 1 each. 3 + 1 + 1 = 5. Die
  // in the middle row, street in the middle column: 2 floor(96.8 / 50) = 2, and 2 floor(66.1 / 50) = 2
  // twice: 6. Streets in the middle: rows end at 50, half chord 86.6, and at 100, half chord 0: 2 rows of 2
  // floor(86.6 / 50) = 2: 4; with a die in the middle column 2 floor(61.6 / 50) + 1 = 3: 6.
  CHECK(dies({50, 50, 0, 100}) == 6);
  CHECK(dies({200, 200, 0, 100}) == 0);                               // wider than the wafer
  CHECK(dies({140, 140, 0, 100}) == 1);                               // the diagonal of 198 just fits
  CHECK(dies({100, 100, 0, 100 * std::numbers::sqrt2 + 1e-9}) == 4);  // four about the middle
}

TEST_CASE("every counted die lies on the wafer: an independent placement counts the same") {
  test::check_property([] {
    const auto w = drawn_wafer();
    RC_ASSERT(dies(w) == best_placed(w));
  });
}

TEST_CASE("a wafer never gives more dies than its area") {
  test::check_property([] {
    const auto w = drawn_wafer();
    RC_ASSERT(dies(w) <= std::numbers::pi * w.radius * w.radius / (w.width * w.height));
  });
}

TEST_CASE("dies on a wafer fall with width, height, street and rim") {
  test::check_property([] {
    const auto w = drawn_wafer();
    const double more = 1 + 1e-3 * *rc::gen::inRange(1, 500);
    RC_ASSERT(dies({w.width * more, w.height, w.scribe, w.radius}) <= dies(w));
    RC_ASSERT(dies({w.width, w.height * more, w.scribe, w.radius}) <= dies(w));
    RC_ASSERT(dies({w.width, w.height, w.scribe + more - 1, w.radius}) <= dies(w));
    RC_ASSERT(dies({w.width, w.height, w.scribe, w.radius / more}) <= dies(w));
  });
}

TEST_CASE("at most 3.1 % below the published optimum of a free offset") {
  // Best counts over all offsets of the grid, usable diameter 299.8 mm, street 0.13 mm. The worst case is 40
  // x 40 mm: 32 of 33.
  const auto [width, height, optimum] = GENERATE(table<double, double, double>({
      {26, 33, 66},
      {10, 10, 637},
      {5, 5, 2586},
      {40, 40, 33},
      {14.5, 25.8, 162},
  }));
  const double count = dies({width, height, 0.13, 149.9});
  CAPTURE(width, height, count);
  CHECK(count <= optimum);
  CHECK(count >= optimum * (1 - 0.031));
  CHECK(dies({height, width, 0.13, 149.9}) == count);  // a wafer has no up
}

TEST_CASE("over intervals the dies on a wafer contain every point") {
  using namespace marquetry::unit;
  AssumptionParameters<Interval> rules;
  rules.scribe = 0.1 * mm;
  rules.edge_exclusion = 3 * mm;
  AssumptionParameters<double> plain;
  plain.scribe = 0.1 * mm;
  plain.edge_exclusion = 3 * mm;
  test::check_property([&] {
    const double low = *rc::gen::inRange(2, 20), high = low + *rc::gen::inRange(0, 10);
    const double side = low + (high - low) * 0.01 * *rc::gen::inRange(0, 101);
    const auto open = Length<Interval>::from_si({(low * mm).si(), (high * mm).si()});
    const auto range = cost::gross_dies(open, open, Length<Interval>(300 * mm), rules);
    RC_ASSERT(contains(range, cost::gross_dies<double>(side * mm, side * mm, 300 * mm, plain)));
    // Also where the wafer is open: every wafer between 200 and 300 mm.
    const auto wafers = Length<Interval>::from_si({(200 * mm).si(), (300 * mm).si()});
    const auto any = cost::gross_dies(open, open, wafers, rules);
    for (const double wafer : {200.0, 240.0, 300.0}) {
      RC_ASSERT(contains(any, cost::gross_dies<double>(side * mm, side * mm, wafer * mm, plain)));
    }
  });
}
