// The slack pass against a linear program that GLPK solves, and the equalities of ties.
#include "placement/slack.h"

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "milp/milp.h"
#include "placement/ties.h"

namespace {

using namespace marquetry;
using placement::Apart;
using placement::Nanometre;
using placement::Pull;

struct Drawn {
  std::vector<Pull> pulls{};
  std::vector<Apart> aparts{};
  std::vector<Nanometre> x{};  // keeps them
};

Drawn draw(Rng rng) {
  Drawn drawn;
  const auto n = static_cast<std::uint32_t>(2 + rng.below(7));
  for (std::uint32_t i = 0; i < n; ++i) drawn.x.push_back(static_cast<Nanometre>(rng.below(5000)));
  for (std::uint32_t i = 0; i < n; ++i) {
    drawn.aparts.push_back({n, i, 0});
    drawn.aparts.push_back({i, n, -6000});
    for (std::uint32_t j = 0; j < n; ++j) {
      if (drawn.x[i] >= drawn.x[j] || rng.below(2) == 0) continue;
      const auto room = static_cast<std::uint64_t>(drawn.x[j] - drawn.x[i]);
      drawn.aparts.push_back({i, j, static_cast<Nanometre>(rng.below(room + 1))});
    }
  }
  for (auto count = rng.below(20); count > 0; --count) {
    const auto a = static_cast<std::uint32_t>(rng.below(n)), b = static_cast<std::uint32_t>(rng.below(n + 1));
    const auto shift = static_cast<Nanometre>(rng.below(2001)) - 1000;
    drawn.pulls.push_back({a, b, 0.5 * static_cast<double>(1 + rng.below(9)), shift});
  }
  return drawn;
}

bool holds(const std::vector<Apart>& aparts, const std::vector<Nanometre>& x) {
  const auto at = [&](std::uint32_t i) { return i < x.size() ? x[i] : 0; };
  for (const auto& [before, after, least] : aparts) {
    if (at(after) - at(before) < least) return false;
  }
  return true;
}

// The same as a linear program: a length for each pull.
double least(const Drawn& drawn) {
  const std::size_t n = drawn.x.size();
  milp::Model model;
  model.variables.resize(n, {.low = -milp::infinity});
  const auto row = [&](std::uint32_t plus, std::uint32_t minus, double low) {
    milp::Row made{.low = low};
    if (plus < n) made.terms.push_back({plus, 1});
    if (minus < n) made.terms.push_back({minus, -1});
    return made;
  };
  for (const auto& apart : drawn.aparts) {
    model.rows.push_back(row(apart.after, apart.before, static_cast<double>(apart.least)));
  }
  for (const auto& pull : drawn.pulls) {
    if (pull.a == pull.b) continue;
    for (const bool ahead : {true, false}) {
      const auto shift = static_cast<double>(pull.shift);
      auto made = ahead ? row(pull.b, pull.a, shift) : row(pull.a, pull.b, -shift);
      made.terms.push_back({model.variables.size(), 1});
      model.rows.push_back(std::move(made));
    }
    model.variables.push_back({.cost = pull.weight});
  }
  const auto solved = milp::solve(model);
  REQUIRE(solved.status == milp::Status::optimal);
  double fixed = 0;
  for (const auto& pull : drawn.pulls) {
    if (pull.a == pull.b) fixed += pull.weight * std::abs(static_cast<double>(pull.shift));
  }
  return solved.objective + fixed;
}

}  // namespace

TEST_CASE("a slack pass finds the least wire that the relations allow") {
  placement::Slack slack;
  for (std::uint64_t k = 0; k < 200; ++k) {
    auto drawn = draw(Rng{7}.fork(k));
    const double before = placement::cost(drawn.pulls, drawn.x);
    const double best = least(drawn);
    slack.settle(drawn.pulls, drawn.aparts, drawn.x);
    INFO("draw " << k);
    CHECK(holds(drawn.aparts, drawn.x));
    CHECK(placement::cost(drawn.pulls, drawn.x) == Approx(best).epsilon(1e-9).margin(1e-6));
    CHECK(placement::cost(drawn.pulls, drawn.x) <= before);
  }
}

TEST_CASE("a block between two equal pulls may stand anywhere between them") {
  // 0 pulls at 100 and at 300 with the same weight: any place costs 200.
  placement::Slack slack;
  const std::vector<Pull> pulls{{0, 1, 1, -100}, {0, 1, 1, -300}};
  std::vector<Nanometre> x{0};
  slack.settle(pulls, {}, x);
  CHECK(x[0] >= 100);
  CHECK(x[0] <= 300);
}

TEST_CASE("constraints are met by moving blocks to the right, or not at all where they contradict") {
  // 1 stands 10 after 0, and 2 where 1 does.
  std::vector<Nanometre> x{0, 3, 0};
  const std::vector<Apart> aparts{{3, 0, 0}, {0, 1, 10}, {1, 2, 0}, {2, 1, 0}};
  REQUIRE(placement::meet(aparts, x));
  CHECK(x == std::vector<Nanometre>{0, 10, 10});
  std::vector<Nanometre> y{0, 3};
  CHECK_FALSE(placement::meet({{0, 1, 10}, {1, 0, -9}}, y));
}
