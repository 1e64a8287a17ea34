// Harvested dies: the integral against the closed sum, against a Monte Carlo that throws defects, and against
// what must hold whatever the numbers.
#include "yield/harvest.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/rng.h"
#include "support/property.h"

using namespace marquetry;
using namespace marquetry::unit;
using yield::good_units, yield::Mixing, yield::sellable, yield::UnitDie;

namespace {

double drawn(double low, double high) { return low + (high - low) * 1e-4 * *rc::gen::inRange(0, 10'001); }
Mixing clustered(double shape) { return {Mixing::Kind::gamma, shape}; }

double normal(Rng& rng) {
  return std::sqrt(-2 * std::log(1 - rng.uniform())) * std::cos(6.283185307179586 * rng.uniform());
}
// Marsaglia & Tsang, ACM TOMS 26, 2000; shape >= 1.
double gamma_variate(double shape, Rng& rng) {
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal(rng), v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

// Dies with defects thrown at them: the share with j good units and a good common area.
std::vector<double> thrown(const UnitDie& die, double clustering, int dies, Rng rng) {
  std::vector<double> share(static_cast<std::size_t>(die.units) + 1);
  for (int i = 0; i < dies; ++i) {
    const double g = gamma_variate(clustering, rng) / clustering;
    if (rng.uniform() > std::exp(-g * die.common)) continue;
    std::size_t good = 0;
    for (int u = 0; u < die.units; ++u) good += rng.uniform() < std::exp(-g * die.unit) ? 1u : 0u;
    share[good] += 1.0 / dies;
  }
  return share;
}

}  // namespace

TEST_CASE("a die of two units, by hand") {
  // Common area 0.1 defects, each unit 0.2, alpha 1: Y(x) = 1 / (1 + x).
  // Both good: 1/1.5. Exactly one: 2 (1/1.3 - 1/1.5). None: 1/1.1 - 2/1.3 + 1/1.5.
  const auto p = good_units({0.1, 0.2, 2}, clustered(1));
  CHECK(p[2] == Approx(0.666666667));
  CHECK(p[1] == Approx(0.205128205));
  CHECK(p[0] == Approx(0.037296037));
  CHECK(sellable({0.1, 0.2, 2}, 1, clustered(1)) == Approx(0.666666667 + 0.205128205));
  // Without clustering: e^-0.1 (1 - (1 - e^-0.2)^2).
  CHECK(sellable({0.1, 0.2, 2}, 1, Mixing{}) == Approx(0.875104978));
}

TEST_CASE("the integral over the local density is the closed sum, where the sum has digits") {
  test::check_property([] {
    const UnitDie die{drawn(0, 2), drawn(0.001, 0.4), *rc::gen::inRange(1, 13)};
    const double clustering = drawn(0.5, 12);
    const auto integral = good_units(die, clustered(clustering));
    const auto sum = yield::good_units_by_sum(die, clustering);
    for (std::size_t j = 0; j < sum.size(); ++j) RC_ASSERT(std::abs(integral[j] - sum[j]) < 2e-9);
  });
}

TEST_CASE("twenty units: sum and integral agree to the digits that the sum has left") {
  const UnitDie die{0.2, 0.05, 20};
  const auto integral = good_units(die, clustered(3));
  const auto sum = yield::good_units_by_sum(die, 3);
  for (std::size_t j = 0; j < sum.size(); ++j) CHECK(integral[j] == Approx(sum[j]).margin(1e-6));
}

TEST_CASE("defects thrown at dies give the same shares") {
  const UnitDie die{0.15, 0.02, 144};
  const auto shares = thrown(die, 2, 40'000, Rng{7});
  const auto exact = good_units(die, clustered(2));
  double seen = 0, expected = 0;
  for (std::size_t j = 144; j >= 120; --j) {
    seen += shares[j];
    expected += exact[j];
    CHECK(seen == Approx(expected).margin(4 * std::sqrt(0.25 / 40'000)));  // four standard errors
    CHECK(sellable(die, static_cast<int>(j), clustered(2)) == Approx(expected).epsilon(1e-9));
  }
}

TEST_CASE("every share is a probability, and all of them are the yield of the common area") {
  for (const auto& model : yield::models) {
    INFO(model.name);
    test::check_property([&] {
      const UnitDie die{drawn(0, 3), drawn(0, 0.3), *rc::gen::inRange(1, 150)};
      const double clustering = drawn(0.5, 10);
      const auto p = good_units(die, model.mixing(clustering, 12));
      for (const double share : p) RC_ASSERT(share >= 0 && share <= 1 + 1e-12);
      const auto yield_of = [&](double x) {
        return model.value(Area<>::from_si(x), {PerArea<>::from_si(1), clustering, 12});
      };
      RC_ASSERT(std::abs(std::accumulate(p.begin(), p.end(), 0.0) - yield_of(die.common)) < 1e-7);
      RC_ASSERT(std::abs(p.back() - yield_of(die.common + die.units * die.unit)) < 1e-7);
    });
  }
}

TEST_CASE("fewer needed, more there, or fewer defects: more dies are sold; clustering sells fewer") {
  test::check_property([] {
    const int units = *rc::gen::inRange(2, 100), needed = *rc::gen::inRange(1, units + 1);
    const UnitDie die{drawn(0.01, 1), drawn(0.001, 0.1), units};
    const double clustering = drawn(0.5, 10);
    const double share = sellable(die, needed, clustered(clustering));
    RC_ASSERT(sellable(die, needed - 1, clustered(clustering)) >= share * (1 - 1e-9));
    RC_ASSERT(sellable({die.common, die.unit, units + 1}, needed, clustered(clustering)) >=
              share * (1 - 1e-9));
    RC_ASSERT(sellable({1.01 * die.common, die.unit, units}, needed, clustered(clustering)) < share);
    RC_ASSERT(sellable({die.common, 1.01 * die.unit, units}, needed, clustered(clustering)) <=
              share * (1 + 1e-9));
  });
  // An 800 mm2 die that may lose two of its 64 units: spread defects would flatter it.
  const UnitDie die{0.1, 0.01, 64};
  const double spread = sellable(die, 62, Mixing{}) / sellable(die, 64, Mixing{});
  const double bunched = sellable(die, 62, clustered(2)) / sellable(die, 64, clustered(2));
  CHECK(bunched < spread);
}

TEST_CASE("over intervals the share that is sold contains that of every point") {
  test::check_property([] {
    const auto ranged = [](double a, double b) { return Interval{std::min(a, b), std::max(a, b)}; };
    const auto within = [](const Interval& x) { return std::min(x.upper, drawn(x.lower, x.upper)); };
    const auto common = ranged(drawn(0, 1), drawn(0, 1)), unit = ranged(drawn(0, 0.1), drawn(0, 0.1)),
               clustering = ranged(drawn(0.5, 10), drawn(0.5, 10)),
               steps = ranged(drawn(1, 30), drawn(1, 30));
    const int units = *rc::gen::inRange(2, 40), needed = *rc::gen::inRange(0, units);
    for (const auto& model : yield::models) {
      const auto range = yield::sellable<Interval>(
          {common, unit, {double(units), units + 2.0}, {double(needed), needed + 1.0}, clustering, steps},
          model);
      const double share = yield::sellable<double>(
          {within(common), within(unit), units + 1.0, double(needed), within(clustering), within(steps)},
          model);
      RC_ASSERT(contains(widened(range), share));
    }
  });
}

TEST_CASE("the slope of the share that is sold is its central difference") {
  test::check_property([] {
    const std::array<double, 3> at{drawn(0.01, 1), drawn(0.001, 0.1), drawn(0.6, 10)};
    const auto* model = yield::find("negative-binomial");
    const auto share = [model](const auto& x) {
      return yield::sellable<std::decay_t<decltype(x[0])>>({x[0], x[1], 40.0, 36.0, x[2], 20.0}, *model);
    };
    const Dual y =
        share(std::array{Dual::input(at[0], 0, 3), Dual::input(at[1], 1, 3), Dual::input(at[2], 2, 3)});
    for (std::size_t i = 0; i < 3; ++i) {
      auto low = at, high = at;
      low[i] *= 1 - 1e-4;
      high[i] *= 1 + 1e-4;
      RC_ASSERT(std::abs(y.slope(i) * at[i] - (share(high) - share(low)) / 2e-4) < 1e-6);
    }
  });
}

TEST_CASE("bins by hand: what the lower ones bring lowers the cost of the top one") {
  // 50 % have 8 good units, 30 % have 6 or 7, 10 % have 4 or 5; the rest is thrown away.
  const std::vector<double> good{0.1, 0, 0, 0, 0.04, 0.06, 0.1, 0.2, 0.5};
  const std::vector<yield::Bin> bins{{"full", 8, 300 * USD}, {"six", 6, 100 * USD}, {"four", 4, 40 * USD}};
  const auto sold = yield::sales(good, bins);
  CHECK(sold.share[0] == Approx(0.5));
  CHECK(sold.share[1] == Approx(0.3));
  CHECK(sold.share[2] == Approx(0.1));
  CHECK(sold.revenue / USD == Approx(184));                               // 150 + 30 + 4
  CHECK(yield::top_bin_cost(90 * USD, sold, bins) / USD == Approx(112));  // (90 - 34) / 0.5
}

TEST_CASE("clustering between wafers spoils whole wafers: fewer dies lose just a few units") {
  const UnitDie die{0.2, 0.03, 32};
  const auto one_level = good_units(die, clustered(4));
  const auto steady = yield::good_units_on_wafers(die, clustered(4), 1e6);
  const auto wild = yield::good_units_on_wafers(die, clustered(4), 2);
  for (std::size_t j = 0; j < one_level.size(); ++j) CHECK(steady[j] == Approx(one_level[j]).margin(1e-6));
  CHECK(wild.back() > one_level.back());
  CHECK(std::accumulate(wild.end() - 5, wild.end() - 1, 0.0) <
        std::accumulate(one_level.end() - 5, one_level.end() - 1, 0.0));
}

TEST_CASE("blind wafer stacking: alike sites waste less than unrelated ones, by hand") {
  // Two tiers of 0.5 defects, alpha 1: (1/1.5)^2 against 1/2.
  const std::array defects{0.5, 0.5};
  CHECK(yield::stacked_wafers(defects, clustered(1), yield::Sites::unrelated) == Approx(0.444444444));
  CHECK(yield::stacked_wafers(defects, clustered(1), yield::Sites::alike) == Approx(0.5));
  CHECK(yield::stacked_wafers(defects, Mixing{}, yield::Sites::alike) ==
        Approx(yield::stacked_wafers(defects, Mixing{}, yield::Sites::unrelated)));
}
