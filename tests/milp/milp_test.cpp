// Linear and integer programs against sums done by hand, against duality, against counting everything, and
// the simplex method of a build without GLPK against GLPK.
#include "milp/milp.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

#include "base/parallel.h"
#include "base/rng.h"
#include "milp/simplex.h"
#include "support/golden.h"

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

// Rows of every kind over variables of every kind; about a third has no answer, some are without bounds.
Model drawn_linear(Rng rng) {
  Model model{.sense = rng.below(2) == 0 ? Sense::minimise : Sense::maximise};
  const auto number = [&] { return static_cast<double>(rng.below(21)) - 10; };
  const std::size_t variables = 1 + rng.below(12), rows = rng.below(12);
  for (std::size_t v = 0; v < variables; ++v) {
    Variable x{.cost = number(), .low = number()};
    x.high = rng.below(3) == 0 ? x.low : x.low + static_cast<double>(rng.below(30));
    if (rng.below(5) == 0) x.low = -infinity;
    if (rng.below(3) == 0) x.high = infinity;
    model.variables.push_back(x);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    Row row{.low = 3 * number()};
    row.high = rng.below(4) == 0 ? row.low : row.low + static_cast<double>(rng.below(60));
    if (rng.below(3) == 0) row.low = -infinity;
    if (rng.below(3) == 0) row.high = infinity;
    for (std::size_t v = 0; v < variables; ++v) {
      if (rng.below(2) == 0) row.terms.push_back({v, number()});
    }
    model.rows.push_back(row);
  }
  return model;
}

// By duality: what the prices of rows and variables prove.
double proved(const Model& model, const Solution& s) {
  const double sign = model.sense == Sense::minimise ? 1 : -1;
  std::vector<double> left;
  for (const auto& v : model.variables) left.push_back(v.cost);
  double sum = 0;
  const auto add = [&](double price, double low, double high) {
    if (std::abs(price) > 1e-9) sum += price * (sign * price > 0 ? low : high);
  };
  for (std::size_t r = 0; r < model.rows.size(); ++r) {
    add(s.duals[r], model.rows[r].low, model.rows[r].high);
    for (const auto& t : model.rows[r].terms) left[t.variable] -= s.duals[r] * t.factor;
  }
  for (std::size_t v = 0; v < left.size(); ++v) add(left[v], model.variables[v].low, model.variables[v].high);
  return sum;
}

bool skip_without_integers() {
  if (!has_integer_programs()) test::skip("this build has no solver of integer programs");
  return !has_integer_programs();
}

}  // namespace

TEST_CASE("without GLPK: linear programs of every kind have the answer that their prices prove") {
  int optimal = 0;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const auto model = drawn_linear(Rng{5}.fork(i));
    const auto ours = solve_linear(model, {});
    INFO(i);
    if (has_integer_programs()) {
      const auto theirs = solve(model);
      REQUIRE(ours.status == theirs.status);
      if (ours.status == Status::optimal) REQUIRE(ours.objective == Approx(theirs.objective).margin(1e-6));
    }
    if (ours.status != Status::optimal) continue;
    ++optimal;
    for (const auto& row : model.rows) REQUIRE(holds(row, ours.values));
    for (std::size_t v = 0; v < ours.values.size(); ++v) {
      REQUIRE(ours.values[v] >= model.variables[v].low - 1e-7);
      REQUIRE(ours.values[v] <= model.variables[v].high + 1e-7);
    }
    REQUIRE(proved(model, ours) == Approx(ours.objective).margin(1e-6));
  }
  CHECK(optimal > 500);
}

TEST_CASE("without GLPK: an assignment of 40 to 40, degenerate all through, ends at the best") {
  // Cost |i - j| + 1 but for a price of 0 on i -> i + 7 (modulo 40): the shift by 7 is the one of cost 0.
  const std::size_t n = 40;
  Model model;
  model.rows.assign(2 * n, {{}, 1, 1});
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double apart = std::abs(static_cast<double>(i) - static_cast<double>(j));
      model.rows[i].terms.push_back({model.variables.size(), 1});
      model.rows[n + j].terms.push_back({model.variables.size(), 1});
      model.variables.push_back({.cost = j == (i + 7) % n ? 0 : apart + 1});
    }
  }
  const auto s = solve_linear(model, {});
  REQUIRE(s.status == Status::optimal);
  CHECK(s.objective == Approx(0).margin(1e-9));
}

TEST_CASE("without GLPK: what is too large is said, what takes too long is stopped") {
  Model large;
  large.variables.resize(5000);
  large.rows.resize(5000);
  CHECK(solve_linear(large, {}).status == Status::not_built);
  CHECK(solve_linear(large, {}).message ==
        "a linear program of this size needs GLPK, which this build lacks");
  const std::atomic<bool> stop{true};
  CHECK(solve_linear(drawn_linear(Rng{1}), {.stop = &stop}).status == Status::stopped);
}

TEST_CASE("without GLPK: an integer program is refused") {
  if (has_integer_programs()) return test::skip("this build has GLPK");
  const auto s = solve(knapsack(5, Rng{7}));
  CHECK(s.status == Status::not_built);
  CHECK(s.message ==
        "this build has no solver of integer programs: it was made without GLPK (MARQUETRY_GPL=OFF)");
}

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
  if (skip_without_integers()) return;
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
  if (skip_without_integers()) return;
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
  // The dual method starts at x = y = 0, which breaks the row, and finds no price that holds.
  CHECK(solve({{{.cost = -1}, {.cost = -1}}, {at_least({{0, 1}, {1, 1}}, 3)}, {}}).status ==
        Status::unbounded);
  CHECK(solve({{{.cost = -1}, {.cost = 1}}, {at_least({{0, 1}, {1, -1}}, 0)}, {}}).status ==
        Status::unbounded);
}

TEST_CASE("integers: no whole number fits though a fraction would") {
  if (skip_without_integers()) return;
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
  if (skip_without_integers()) return;
  std::atomic<bool> stop{true};
  const auto model = knapsack(18, Rng{11});
  const auto whole = solve(model);
  const auto s = solve(model, {.seconds = 60, .stop = &stop});
  CHECK((s.status == Status::stopped || s.status == Status::feasible || s.status == Status::optimal));
  CHECK(s.bound >= whole.objective - 1e-6);
  if (!s.values.empty()) CHECK(s.objective <= whole.objective + 1e-6);
}
