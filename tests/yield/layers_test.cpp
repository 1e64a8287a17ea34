// Stacks of layers against sums by hand and against what any yield is.
#include "yield/layers.h"

#include <catch2/catch.hpp>

#include "support/property.h"
#include "yield/models.h"

using namespace marquetry;
using namespace marquetry::unit;
using yield::Fluctuation, yield::Layer, yield::stack_yield;

namespace {

double drawn(double low, double high) { return low + (high - low) * 1e-4 * *rc::gen::inRange(0, 10'001); }

std::vector<Layer<double>> drawn_layers() {
  std::vector<Layer<double>> layers;
  for (int n = *rc::gen::inRange(1, 6); n > 0; --n) {
    layers.push_back({drawn(0.01, 0.5) / cm2, drawn(0.1, 1), drawn(0.5, 10)});
  }
  return layers;
}

double whole(const Area<>& area, std::span<const Layer<double>> layers, Fluctuation fluctuation) {
  return stack_yield<double>(area, layers, fluctuation, 1.0);
}

constexpr std::array both{Fluctuation::independent, Fluctuation::shared};

}  // namespace

TEST_CASE("two layers by hand, each with its own fluctuation and with one for both") {
  // 1 cm2; 0.2/cm2 on 0.5 of the area and 0.1/cm2 on all: 0.1 defects each, alpha 2.
  const std::vector<Layer<double>> layers{{0.2 / cm2, 0.5, 2}, {0.1 / cm2, 1.0, 2}};
  CHECK(whole(1 * cm2, layers, Fluctuation::independent) == Approx(0.822702475));  // (1.05^-2)^2
  CHECK(whole(1 * cm2, layers, Fluctuation::shared) == Approx(0.826446281));       // 1.1^-2
  CHECK(stack_yield<double>(1 * cm2, layers, Fluctuation::shared, 0.98) == Approx(0.98 * 0.826446281));
}

TEST_CASE("a stack of one layer is that layer; one without defects changes nothing") {
  const std::vector<Layer<double>> one{{0.2 / cm2, 0.7, 3}};
  auto two = one;
  two.push_back({0.0 / cm2, 1.0, 3});
  const double alone = yield::negative_binomial<double>(0.7 * (3 * cm2), {0.2 / cm2, 3});
  for (const auto fluctuation : both) {
    CHECK(whole(3 * cm2, one, fluctuation) == Approx(alone));
    CHECK(whole(3 * cm2, two, fluctuation) == Approx(alone));
    CHECK(whole(0 * cm2, two, fluctuation) == Approx(1));
  }
}

TEST_CASE("a stack yields less with more area, density or layers") {
  test::check_property([] {
    const auto area = drawn(1, 800) * mm2;
    auto layers = drawn_layers();
    for (auto& layer : layers) layer.clustering = layers.front().clustering;
    for (const auto fluctuation : both) {
      const double y = whole(area, layers, fluctuation);
      RC_ASSERT(y > 0 && y < 1);
      RC_ASSERT(whole(1.01 * area, layers, fluctuation) < y);
      auto worse = layers;
      worse.back().density = 1.01 * worse.back().density;
      RC_ASSERT(whole(area, worse, fluctuation) < y);
      worse = layers;
      worse.push_back(layers.front());
      RC_ASSERT(whole(area, worse, fluctuation) < y);
    }
    // Defects that bunch in the same dies spoil fewer of them.
    RC_ASSERT(whole(area, layers, Fluctuation::shared) >=
              whole(area, layers, Fluctuation::independent) * (1 - 1e-12));
  });
}

TEST_CASE("over intervals a stack's yield contains that of every point") {
  test::check_property([] {
    const auto ranged = [](double a, double b) { return Interval{std::min(a, b), std::max(a, b)}; };
    const auto within = [](const Interval& x) { return std::min(x.upper, drawn(x.lower, x.upper)); };
    const Interval area = ranged(drawn(1e-6, 1e-3), drawn(1e-6, 1e-3));
    std::vector<Layer<Interval>> box;
    std::vector<Layer<double>> point;
    for (int n = *rc::gen::inRange(1, 5); n > 0; --n) {
      const auto density = ranged(drawn(0, 5e3), drawn(0, 5e3)), ratio = ranged(drawn(0.1, 1), drawn(0.1, 1)),
                 clustering = ranged(drawn(0.5, 10), drawn(0.5, 10));
      box.push_back({PerArea<Interval>::from_si(density), ratio, clustering});
      point.push_back({PerArea<>::from_si(within(density)), within(ratio), within(clustering)});
    }
    const auto at = Area<>::from_si(within(area));
    for (const auto fluctuation : both) {
      const auto range =
          stack_yield<Interval>(Area<Interval>::from_si(area), box, fluctuation, Interval{0.9, 1});
      RC_ASSERT(contains(widened(range), whole(at, point, fluctuation)));
      RC_ASSERT(contains(widened(range), 0.9 * whole(at, point, fluctuation)));
    }
  });
}

TEST_CASE("the slope of a stack's yield is its central difference") {
  test::check_property([] {
    const auto layers = drawn_layers();
    const double area = drawn(1e-6, 8e-4);
    std::vector<Layer<Dual>> lifted;
    for (const auto& l : layers) {
      lifted.push_back({PerArea<Dual>::from_si(l.density.si()), l.critical_ratio, l.clustering});
    }
    for (const auto fluctuation : both) {
      const Dual y =
          stack_yield<Dual>(Area<Dual>::from_si(Dual::input(area, 0, 1)), lifted, fluctuation, 1.0);
      const double difference = whole(Area<>::from_si(area * (1 + 1e-4)), layers, fluctuation) -
                                whole(Area<>::from_si(area * (1 - 1e-4)), layers, fluctuation);
      RC_ASSERT(std::abs(y.slope(0) * area - difference / 2e-4) < 1e-6);
    }
  });
}
