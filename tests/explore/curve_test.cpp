#include "explore/curve.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace marquetry;
using explore::Curve;
using explore::Step;

namespace {

std::vector<Step> some_steps(Rng& rng) {
  std::vector<Step> out;
  const auto n = 1 + rng.below(12);
  for (std::uint64_t i = 0; i < n; ++i) {
    out.push_back({static_cast<double>(rng.below(9)), static_cast<double>(rng.below(9)), i});
  }
  return out;
}

double best_within(const std::vector<Step>& steps, double limit) {
  double best = 1e9;
  for (const auto& s : steps) best = s.limit <= limit ? std::min(best, s.value) : best;
  return best;
}

}  // namespace

TEST_CASE("a curve is the best value within each limit, whatever came first") {
  Rng rng{7};
  for (int round = 0; round < 300; ++round) {
    const auto steps = some_steps(rng);
    Curve curve, backwards, halves, other;
    for (const auto& s : steps) curve.add(s);
    for (auto s = steps.rbegin(); s != steps.rend(); ++s) backwards.add(*s);
    for (std::size_t i = 0; i < steps.size(); ++i) (i % 2 == 0 ? halves : other).add(steps[i]);
    halves.merge(other);
    for (double limit = -1; limit < 10; limit += 0.5) {
      const auto* step = curve.within(limit);
      const double best = best_within(steps, limit);
      CHECK((step == nullptr) == (best > 1e8));
      if (step != nullptr) CHECK(step->value == best);
      const auto* next = curve.beyond(limit);
      if (next != nullptr) {
        CHECK(next->value < best);
        CHECK(best_within(steps, next->limit - 0.25) == best);
      } else {
        CHECK(best == best_within(steps, 1e9));
      }
    }
    for (const auto* same : {&backwards, &halves}) {
      REQUIRE(same->steps().size() == curve.steps().size());
      for (std::size_t i = 0; i < curve.steps().size(); ++i) {
        CHECK(same->steps()[i].limit == curve.steps()[i].limit);
        CHECK(same->steps()[i].value == curve.steps()[i].value);
        CHECK(same->steps()[i].id == curve.steps()[i].id);
      }
    }
  }
}

// The hull just beyond the limit is the lowest of all lines between a choice within it and one beyond.
TEST_CASE("the slope is that of the lowest line across the limit") {
  Rng rng{11};
  for (int round = 0; round < 300; ++round) {
    const auto steps = some_steps(rng);
    Curve curve;
    for (const auto& s : steps) curve.add(s);
    const double limit = static_cast<double>(rng.below(9)) + 0.5;
    if (curve.within(limit) == nullptr) {
      CHECK_FALSE(curve.slope(limit));
      continue;
    }
    double lowest = best_within(steps, limit), slope = 0;
    for (const auto& a : steps) {
      for (const auto& b : steps) {
        if (a.limit > limit || b.limit < limit || b.value >= a.value) continue;
        const double fall = (a.value - b.value) / (b.limit - a.limit);
        const double here = a.value - fall * (limit - a.limit);
        if (here < lowest - 1e-12) {
          lowest = here;
          slope = fall;
        }
      }
    }
    CHECK(*curve.slope(limit) == Approx(slope).margin(1e-12));
  }
}
