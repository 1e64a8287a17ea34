// Every row of the yield table is held to what any yield is, over each number type.
#include "yield/models.h"

#include <catch2/catch.hpp>

#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;
using yield::Defects;

namespace {

// Draws: areas of 1 ... 1000 mm2, 0.01 ... 1 defects a cm2, alpha of 0.5 ... 10.
double drawn(double low, double high) { return low + (high - low) * 1e-4 * *rc::gen::inRange(0, 10'001); }
Area<> drawn_area() { return drawn(1, 1000) * mm2; }
Defects<double> drawn_defects() { return {drawn(0.01, 1) / cm2, drawn(0.5, 10)}; }

template <Number Real>
Real yield_of(const yield::Model& model, const Real& area, const Real& density, const Real& clustering) {
  return model.function<Real>()(Area<Real>::from_si(area), {PerArea<Real>::from_si(density), clustering});
}

}  // namespace

TEST_CASE("yield of 100 mm2 at 0.1 defects a cm2, by hand") {
  const auto x = [](const char* name, double alpha) {
    return yield::find(name)->value(1 * cm2, {0.1 / cm2, alpha});
  };
  CHECK(x("poisson", 3) == Approx(0.904837418));            // exp(-0.1)
  CHECK(x("murphy", 3) == Approx(0.905592262));             // ((1 - 0.904837418) / 0.1)^2 = 0.951625820^2
  CHECK(x("seeds", 3) == Approx(0.909090909));              // 1 / 1.1
  CHECK(x("negative-binomial", 3) == Approx(0.906313987));  // (1 + 0.1 / 3)^-3
  CHECK(x("negative-binomial", 1) == Approx(x("seeds", 1)));
  // Twenty critical steps of 0.005 a cm2 each: (1 + 0.005)^-20.
  CHECK(x("bose-einstein", 3) == Approx(0.905062904));
  CHECK(yield::find("moore") == nullptr);
}

TEST_CASE("Bose-Einstein of one step is Seeds, of many Poisson, and falls with their number") {
  const auto y = [](double steps) {
    return yield::find("bose-einstein")->value(300 * mm2, {.density = 0.2 / cm2, .critical_steps = steps});
  };
  CHECK(y(1) == Approx(yield::find("seeds")->value(300 * mm2, {0.2 / cm2, 3})));
  CHECK(y(1e7) == Approx(yield::find("poisson")->value(300 * mm2, {0.2 / cm2, 3})));
  CHECK((y(5) > y(10) && y(10) > y(40)));
}

TEST_CASE("large alpha is Poisson, and clustering only ever helps") {
  const auto* clustered = yield::find("negative-binomial");
  const auto* poisson = yield::find("poisson");
  for (const double area : {10.0, 100.0, 800.0}) {
    const Defects<double> nearly_none{0.2 / cm2, 1e7};
    CHECK(clustered->value(area * mm2, nearly_none) ==
          Approx(poisson->value(area * mm2, nearly_none)).epsilon(1e-6));
    double last = 1;
    for (const double alpha : {0.5, 1.0, 2.0, 3.0, 6.0, 20.0, 1000.0}) {
      const double y = clustered->value(area * mm2, {0.2 / cm2, alpha});
      CHECK(y < last);
      last = y;
    }
  }
}

TEST_CASE("Poisson is the worst model, Seeds the best, the others lie between") {
  test::check_property([] {
    const auto area = drawn_area();
    const Defects<double> d{drawn(0.01, 1) / cm2, drawn(1, 10)};
    const double worst = yield::find("poisson")->value(area, d);
    const double best = yield::find("seeds")->value(area, d);
    for (const auto& model : yield::models) {
      RC_ASSERT(model.value(area, d) >= worst * (1 - 1e-9));
      RC_ASSERT(model.value(area, d) <= best * (1 + 1e-9));
    }
  });
}

TEST_CASE("every model is a probability that falls with area and defects, and 1 without area") {
  for (const auto& model : yield::models) {
    INFO(model.name);
    CHECK(model.value(0 * mm2, {0.3 / cm2, 3}) == Approx(1));
    CHECK(model.value(300 * mm2, {0.0 / cm2, 3}) == Approx(1));
    CHECK_FALSE(model.source.empty());
    test::check_property([&] {
      const auto area = drawn_area();
      const auto d = drawn_defects();
      const double y = model.value(area, d);
      RC_ASSERT(y > 0 && y < 1);
      RC_ASSERT(model.value(1.01 * area, d) < y);
      RC_ASSERT(model.value(area, {1.01 * d.density, d.clustering}) < y);
    });
  }
}

TEST_CASE("over intervals a yield contains the yield of every point") {
  for (const auto& model : yield::models) {
    INFO(model.name);
    test::check_property([&] {
      std::array<Interval, 3> box{};
      std::array<double, 3> point{};
      const std::array<std::pair<double, double>, 3> limits{{{1e-6, 1e-3}, {0, 1e4}, {0.5, 10}}};
      for (std::size_t i = 0; i < 3; ++i) {
        const double a = drawn(limits[i].first, limits[i].second);
        const double b = drawn(limits[i].first, limits[i].second);
        box[i] = {std::min(a, b), std::max(a, b)};
        point[i] = std::min(box[i].upper, drawn(box[i].lower, box[i].upper));
      }
      const double y = yield_of(model, point[0], point[1], point[2]);
      const auto range = widened(yield_of(model, box[0], box[1], box[2]));
      RC_ASSERT(contains(range, y));
      RC_ASSERT(range.lower > 0 && range.upper < 1 + 1e-9);
      // As tight as can be: both ends are yields of corners.
      RC_ASSERT(std::abs(yield_of(model, box[0].lower, box[1].lower, box[2].lower) - range.upper) < 1e-9);
    });
  }
}

TEST_CASE("the slope of a yield is its central difference") {
  for (const auto& model : yield::models) {
    INFO(model.name);
    test::check_property([&] {
      const std::array<double, 3> at{drawn_area().si(), drawn_defects().density.si(), drawn(0.5, 10)};
      const Dual y = yield_of(model, Dual::input(at[0], 0), Dual::input(at[1], 1), Dual::input(at[2], 2));
      RC_ASSERT(std::abs(y.value() - yield_of(model, at[0], at[1], at[2])) < 1e-14);
      for (std::size_t i = 0; i < 3; ++i) {
        auto low = at, high = at;
        low[i] *= 1 - 1e-4;
        high[i] *= 1 + 1e-4;
        const double difference =
            yield_of(model, high[0], high[1], high[2]) - yield_of(model, low[0], low[1], low[2]);
        // Both as the change for a doubled input.
        RC_ASSERT(std::abs(y.slope(i) * at[i] - difference / 2e-4) < 1e-6);
      }
    });
  }
}

TEST_CASE("a traced yield has the value of the plain one") {
  for (const auto& model : yield::models) {
    INFO(model.name);
    test::check_property([&] {
      const double area = drawn_area().si(), density = drawn_defects().density.si(), alpha = drawn(0.5, 10);
      RC_ASSERT(yield_of(model, Trace{area}, Trace{density}, Trace{alpha}).value() ==
                yield_of(model, area, density, alpha));
    });
  }
}
