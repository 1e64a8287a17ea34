// Linear and integer programs against sums done by hand, against duality, and against counting everything.
#include "milp/milp.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>

#include "base/parallel.h"
#include "base/rng.h"

using namespace marquetry;
using namespace marquetry::milp;

namespace {

Row at_most(std::vector<Term> terms, double high) { return {std::move(terms), -infinity, high}; }
Row at_least(std::vector<Term> terms, double low) { return {std::move(terms), low, infinity}; }

// Choose among `n` things of random value under two limits of weight.
Model knapsack(std::size_t n, Rng rng) {
  Model model;
  model.sense = Sense::maximise;
  Row first, second;
  for (std::size_t v = 0; v < n; ++v) {
    model.variables.push_back({static_cast<double>(1 + rng.below(50)), 0, 1, true});
    first.terms.push_back({v, static_cast<double>(1 + rng.below(30))});
    second.terms.push_back({v, static_cast<double>(1 + rng.below(30))});
  }
  first.high = second.high = static_cast<double>(8 * n);
  model.rows = {first, second};
  return model;
}

bool holds(const Row& row, const std::vector<double>& x) {
  double sum = 0;
  for (const auto& t : row.terms) sum += t.factor * x[t.variable];
  return sum >= row.low - 1e-7 && sum <= row.high + 1e-7;
}

double best_by_counting(const Model& model) {
  double best = 0;
  const std::size_t n = model.variables.size();
  for (std::uint64_t set = 0; set < (std::uint64_t{1} << n); ++set) {
    std::vector<double> x(n);
    double value = 0;
    for (std::size_t v = 0; v < n; ++v) {
      x[v] = static_cast<double>((set >> v) & 1);
      value += x[v] * model.variables[v].cost;
    }
    if (std::ranges::all_of(model.rows, [&](const Row& row) { return holds(row, x); }))
      best = std::max(best, value);
  }
  return best;
}

}  // namespace

TEST_CASE("a linear program: corner, value and shadow prices by hand") {
  // max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18: x = 2, y = 6, 36; prices 0, 3/2, 1.
  // Hillier & Lieberman, Introduction to Operations Research, section 3.1 (Wyndor Glass).
  const Model model{{{.cost = 3}, {.cost = 5}},
                    {at_most({{0, 1}}, 4), at_most({{1, 2}}, 12), at_most({{0, 3}, {1, 2}}, 18)},
                    Sense::maximise};
  const auto s = solve(model);
  REQUIRE(s.status == Status::optimal);
  CHECK(s.objective == Approx(36));
  CHECK(s.bound == s.objective);
  CHECK(s.values[0] == Approx(2));
  CHECK(s.values[1] == Approx(6));
  REQUIRE(s.duals.size() == 3);
  CHECK(s.duals[0] == Approx(0).margin(1e-12));
  CHECK(s.duals[1] == Approx(1.5));
  CHECK(s.duals[2] == Approx(1));
}

TEST_CASE("an integer program finds what counting all sets finds") {
  for (std::uint64_t i = 0; i < 30; ++i) {
    const auto model = knapsack(10, Rng{7}.fork(i));
    const auto s = solve(model);
    REQUIRE(s.status == Status::optimal);
    CHECK(s.objective == Approx(best_by_counting(model)));
    for (const auto& row : model.rows) CHECK(holds(row, s.values));
    CHECK(s.duals.empty());
  }
}

TEST_CASE("threads have an environment each") {
  const auto values = [](int threads) {
    return parallel::map(24, threads,
                         [](std::size_t i) { return solve(knapsack(12, Rng{3}.fork(i))).values; });
  };
  CHECK(values(1) == values(4));
}

TEST_CASE("terms of one variable add up") {
  const auto s = solve({{{.cost = 1}}, {at_least({{0, 1}, {0, 2}}, 6)}, Sense::minimise});
  REQUIRE(s.status == Status::optimal);
  CHECK(s.values[0] == Approx(2));
}

TEST_CASE("infeasible and unbounded are results") {
  CHECK(solve({{{.cost = 1}}, {at_least({{0, 1}}, 2), at_most({{0, 1}}, 1)}, {}}).status ==
        Status::infeasible);
  CHECK(solve({{{.cost = 1, .low = 2, .high = 1}}, {}, {}}).status == Status::infeasible);
  CHECK(solve({{{.cost = 1, .low = 0.2, .high = 0.8, .integer = true}}, {}, {}}).status ==
        Status::infeasible);
  CHECK(solve({{{.cost = 1}}, {{{{0, 2}}, 1, 1}, {{{0, 1}}, 1, 1}}, {}}).status == Status::infeasible);
  CHECK(solve({{{.cost = -1}}, {}, {}}).status == Status::unbounded);
  CHECK(solve({{{.cost = -1}, {.cost = 1}}, {at_least({{0, 1}, {1, -1}}, 0)}, {}}).status ==
        Status::unbounded);
}

TEST_CASE("integers: no whole number fits though a fraction would") {
  CHECK(solve({{{.cost = 1, .high = 5, .integer = true}}, {{{{0, 2}}, 3, 3}}, {}}).status ==
        Status::infeasible);
}

TEST_CASE("a program without variables or without rows") {
  CHECK(solve({}).status == Status::optimal);
  CHECK(solve({{}, {{{}, 1, 2}}, {}}).status == Status::infeasible);
  const auto s = solve({{{.cost = 2, .low = 3}}, {}, {}});
  REQUIRE(s.status == Status::optimal);
  CHECK(s.objective == Approx(6));
}

TEST_CASE("what is no model is said, and does not reach GLPK") {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const auto fault_of = [](const Model& m) {
    CHECK(solve(m).status == Status::invalid);
    return solve(m).message;
  };
  CHECK(fault_of({{{.cost = nothing}}, {}, {}}) == "variable 0: its cost or bounds are no numbers");
  CHECK(fault_of({{{}}, {at_most({{0, nothing}}, 1)}, {}}) == "row 0: a factor is no number");
  CHECK(fault_of({{{}}, {{}, at_most({{1, 1}}, 1)}, {}}) == "row 1: there is no variable 1");
  CHECK(fault_of({{{}}, {{{}, infinity, infinity}}, {}}) == "row 0: its bounds are no numbers");
}

TEST_CASE("a run that is stopped keeps a bound") {
  std::atomic<bool> stop{true};
  const auto model = knapsack(18, Rng{11});
  const auto whole = solve(model);
  const auto s = solve(model, {.seconds = 60, .stop = &stop});
  CHECK((s.status == Status::stopped || s.status == Status::feasible || s.status == Status::optimal));
  CHECK(s.bound >= whole.objective - 1e-6);
  if (!s.values.empty()) CHECK(s.objective <= whole.objective + 1e-6);
}
