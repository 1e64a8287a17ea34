#include "yield/spares.h"

#include <catch2/catch.hpp>

#include "support/property.h"
#include "yield/binomial.h"

using namespace marquetry;
using yield::at_least, yield::link_yield;

namespace {
double drawn(double low, double high) { return low + (high - low) * 1e-4 * *rc::gen::inRange(0, 10'001); }
}  // namespace

TEST_CASE("a group of two lanes and a spare, by hand") {
  // 0.9^3 + 3 * 0.1 * 0.9^2 = 0.972; two such groups 0.944784; a last group of one lane and a spare 0.99.
  CHECK(link_yield(2, {2, 1}, 0.1) == Approx(0.972));
  CHECK(link_yield(4, {2, 1}, 0.1) == Approx(0.944784));
  CHECK(link_yield(5, {2, 1}, 0.1) == Approx(0.944784 * 0.99));
  CHECK(link_yield(3, {1, 0}, 0.1) == Approx(0.729));
}

TEST_CASE("three dies of which two must work, and pads in pairs, by hand") {
  CHECK(yield::spare_dies(3, 2, 0.8) == Approx(0.896));  // 0.512 + 3 * 0.128
  CHECK(yield::spare_dies(3, 3, 0.8) == Approx(0.512));
  CHECK(yield::spare_dies(3, 0, 0.8) == 1);
  CHECK(yield::redundant_pads(1000, 2, 1e-3) == Approx(0.999000500));  // (1 - 1e-6)^1000
  CHECK(yield::redundant_pads(1e6, 1, 1e-12) == Approx(1 - 1e-6).epsilon(1e-12));
}

TEST_CASE("at least k of n is the sum of the terms, and steady for a million") {
  for (const double p : {0.0, 1e-9, 0.2, 0.5, 0.97, 1.0}) {
    for (const int n : {1, 7, 60, 400}) {
      const auto terms = yield::binomial(n, p, 1 - p);
      double sum = 0;
      for (int k = n; k >= 0; --k) {
        sum += terms[static_cast<std::size_t>(k)];
        CHECK(at_least(k, n, p, 1 - p) == Approx(sum).epsilon(1e-11));
      }
    }
  }
  // Poisson limit: 1e6 lanes that fail once in a million each, two spares: e^-1 (1 + 1 + 1/2).
  CHECK(at_least(1'000'000, 1'000'002, 1 - 1e-6, 1e-6) == Approx(0.9196986).epsilon(1e-6));
}

TEST_CASE("more spares and smaller groups only ever help; the range contains every point") {
  test::check_property([] {
    const int lanes = *rc::gen::inRange(1, 200), needed = *rc::gen::inRange(1, 40);
    const int spare = *rc::gen::inRange(0, 4);
    const double lost = drawn(0, 0.05);
    const double y = link_yield(lanes, {needed, spare}, lost);
    RC_ASSERT(link_yield(lanes, {needed, spare + 1}, lost) >= y);
    RC_ASSERT(link_yield(lanes, {needed + 1, spare}, lost) <= y * (1 + 1e-12));
    RC_ASSERT(link_yield(lanes + 1, {needed, spare}, lost) <= y * (1 + 1e-12));
    const auto range = link_yield<Interval>({{double(lanes), lanes + 3.0},
                                             {double(needed), needed + 2.0},
                                             {double(spare), spare + 1.0},
                                             {0.5 * lost, 1.5 * lost}});
    RC_ASSERT(contains(widened(range), link_yield(lanes + 2, {needed + 1, spare}, 1.2 * lost)));
  });
}
