// The peers' ways to count dies: against published figures, one row a die size.
#include "wafer/methods.h"

#include <catch2/catch.hpp>

#include "support/property.h"

using namespace marquetry;

namespace {

double dies(std::string_view method, double width, double height, double scribe, double usable_radius) {
  return wafer::find_method(method)->dies(width, height, scribe, usable_radius);
}

}  // namespace

TEST_CASE("the peers' dies per wafer: eleven sizes, computed with the peers' programs") {
  // Die in mm; CATCH's search on a usable diameter of 299.8 mm with streets of 0.13 mm; Actuary's form with a
  // rim of 5 mm and streets of 0.2 mm; ECO-CHIP's on 300 mm with neither.
  const auto [width, height, by_catch, by_actuary, by_ecochip] =
      GENERATE(table<double, double, double, double, double>({
          {5, 5, 2582, 2318.8628626610202, 2694.1469000860625},
          {10, 10, 637, 571.7124344116608, 640.215102985328},
          {7, 14, 643, 582.3361937891714, 653.9641850329773},
          {14.5, 25.8, 162, 139.86803852239456, 154.49324185463806},
          {20, 20, 148, 129.98426971831086, 143.39296472823813},
          {26, 33, 65, 54.0927424244627, 59.632794342545985},
          {28.3, 28.3, 70, 58.71563164024124, 64.71025563221926},
          {12.7, 12.7, 387, 346.9837930767393, 385.77805634930036},
          {3.3, 3.3, 5840, 5207.936526580411, 6288.944687913862},
          {40, 40, 33, 24.847417697086875, 27.51783567301259},
          {4, 30, 492, 463.5492884237153, 528.2119424084821},
      }));
  CAPTURE(width, height);
  CHECK(dies("catch", width, height, 0.13, 149.9) == by_catch);
  // The published figures of oblong dies are of another A', (width + s) (height + s).
  if (width == height) CHECK(dies("actuary", width, height, 0.2, 145) == Approx(by_actuary).epsilon(1e-12));
  CHECK(dies("de-vries", width, height, 0, 150) == Approx(by_ecochip).epsilon(1e-12));
}

TEST_CASE("no search of a peer finds more dies than the exact one") {
  test::check_property([] {
    const auto side = [] { return 0.1 * *rc::gen::inRange(20, 600); };
    const double width = side(), height = side(), scribe = 0.01 * *rc::gen::inRange(0, 30);
    RC_ASSERT(dies("catch", width, height, scribe, 147) <= dies("exact", width, height, scribe, 147));
  });
}

TEST_CASE("CATCH's search gives no die where none fits, and ends") {
  CHECK(wafer::catch_dies(400, 10, 0.1, 150) == 0);
  CHECK(wafer::catch_dies(10, 400, 0.1, 150) == 0);
  CHECK(wafer::catch_dies(0, 10, 0.1, 150) == 0);
  CHECK(wafer::catch_dies(10, 10, 0.1, -1) == 0);
}

TEST_CASE("a closed form over a range contains the values within it") {
  test::check_property([] {
    const double low = *rc::gen::inRange(10, 900), high = low + *rc::gen::inRange(0, 200);
    const double area = low + (high - low) * 0.01 * *rc::gen::inRange(0, 101);
    const auto range = wafer::actuary_dies<Interval>({low, high}, 0.2, 145.0);
    RC_ASSERT(contains(widened(range), wafer::actuary_dies(area, 0.2, 145.0)));
    // Narrow: no variable stands twice, so the ends are those of the function.
    RC_ASSERT(std::abs(range.lower - wafer::actuary_dies(high, 0.2, 145.0)) < 1e-9);
    RC_ASSERT(std::abs(range.upper - wafer::actuary_dies(low, 0.2, 145.0)) < 1e-9);
  });
}

TEST_CASE("the slope of a closed form is its central difference") {
  const double area = 176, step = 1e-4;
  const auto dual = wafer::actuary_dies<Dual>(Dual::input(area, 0), 0.2, 145.0);
  const double difference =
      (wafer::actuary_dies(area + step, 0.2, 145.0) - wafer::actuary_dies(area - step, 0.2, 145.0)) /
      (2 * step);
  CHECK(dual.slope(0) == Approx(difference).epsilon(1e-7));
}
