// Pairs of limits and shadow prices, against a plain loop over all choices and against exploring again.
#include <algorithm>
#include <catch2/catch.hpp>

#include "explore/outcomes.h"

using namespace marquetry;
using namespace marquetry::test;
using explore::MeasureKind;

namespace {

constexpr double none = explore::unreachable;

Constraint at_most(std::string path, double limit) { return {.path = std::move(path), .limit = limit}; }
Constraint at_least(std::string path, double limit) {
  return {.path = std::move(path), .is_least = true, .limit = limit};
}

// A figure of the product's: measured as ours are, by hand.
double packages_of(const Outcome& o, const explore::Reference& reference) {
  return std::max(*reference.values[2] / -o.costs[2], *reference.values[3] / -o.costs[3]);
}

// The measures, computed anew.
double measured(const explore::Measure& measure, const Outcome& o, const explore::Reference& reference) {
  if (measure.kind == MeasureKind::objective) return o.costs[measure.objective];
  if (measure.kind == MeasureKind::match_cost) return packages_of(o, reference) * o.evaluation.cost.unit.si();
  if (measure.kind == MeasureKind::match_power)
    return packages_of(o, reference) * o.evaluation.power.total.si();
  double sum = 0;
  for (std::size_t i = 0; i < o.costs.size(); ++i) {
    const double worse = o.costs[i] / *reference.values[i];
    const double factor = o.costs[i] < 0 ? -1 / worse : worse;
    if (factor > 1) sum += std::pow(std::log(factor), 2);
  }
  return std::sqrt(sum);
}

double least(const explore::Measure& measure, const std::vector<const Outcome*>& choices,
             const explore::Reference& reference) {
  double best = none;
  for (const auto* o : choices) best = std::min(best, measured(measure, *o, reference));
  return best;
}

Design priced() {
  Design design = cut_down(small);
  design.constraints.front().limit = 600;
  design.constraints.push_back(at_most("area.silicon_mm2", 900e-6));  // no objective
  design.constraints.push_back(at_least("performance.llama-decode.value", 300));
  return design;
}

}  // namespace

TEST_CASE("a pair of limits gains what lifting both finds in a plain loop") {
  const Design design = priced();
  const Prepared prepared = ready(design);
  const auto all = every_outcome(prepared);
  const auto found = explored(prepared);
  REQUIRE(found.reference);
  const auto now = keeping(all);
  REQUIRE_FALSE(now.empty());
  const auto shortfall_of = [&](const std::set<std::string>& lifted) {
    return least({.kind = MeasureKind::shortfall}, keeping(all, lifted), *found.reference);
  };
  std::size_t more = 0;
  for (const auto& pair : found.pairs) {
    const std::string a = prepared.rules.limits[pair.limits[0]].path;
    const std::string b = prepared.rules.limits[pair.limits[1]].path;
    CAPTURE(a, b);
    const double before = shortfall_of({}), both = shortfall_of({a, b});
    const double of_a = before - shortfall_of({a}), of_b = before - shortfall_of({b});
    CHECK(*pair.shortfall_gain == Approx(before - both).margin(1e-9));
    CHECK(pair.best_single == Approx(std::max(of_a, of_b)).margin(1e-9));
    CHECK(pair.sum == Approx(of_a + of_b).margin(1e-9));
    CHECK(pair.is_more == (before - both > std::max(of_a, of_b) + 1e-9));
    more += pair.is_more ? 1 : 0;
    for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
      const explore::Measure measure{.objective = o};
      const double was = least(measure, now, *found.reference);
      const double is = least(measure, keeping(all, {a, b}), *found.reference);
      CHECK(pair.gain[o] == Approx((was - is) / std::abs(was)).margin(1e-9));
    }
    // The choice that is meant is really that near, and breaks nothing else.
    const auto meant =
        std::find_if(all.begin(), all.end(), [&](const Outcome& o) { return o.choice == pair.best; });
    CHECK(measured({.kind = MeasureKind::shortfall}, *meant, *found.reference) == Approx(both));
    CHECK(pair.to[0].empty() != meant->liftable.contains(a));
    CHECK(pair.to[1].empty() != meant->liftable.contains(b));
  }
  CHECK(more > 0);
  CHECK(found.pairs.size() >= 6);
}

TEST_CASE("pairs are what makes a design feasible where no limit alone does") {
  Design design = cut_down({"sram=32", "io-node=n28", "cooling=cold-plate", "lanes=8", "link=ucie-a"});
  design.profiles = {*find(library().profiles, "no-euv"), *find(library().profiles, "no-hbm")};
  REQUIRE(design.variables[0].name == "node");
  design.variables[0].domain = {design.variables[0].domain.back()};  // tsmc-n5
  const Prepared prepared = ready(design);
  const auto found = explored(prepared);
  CHECK(found.front.empty());
  CHECK(found.relaxations.empty());
  REQUIRE_FALSE(found.pairs.empty());
  CHECK(prepared.rules.limits[found.pairs.front().limits[0]].path == "profile.no-euv.nodes.euv");
  CHECK(found.pairs.front().to[0] == "allow EUV nodes: node = tsmc-n5");
  CHECK(found.pairs.front().to[1].starts_with("allow other memories: memory = "));
  CHECK(found.pairs.front().excess == 2);  // two names
}

TEST_CASE("shadow prices are what exploring under the moved limit finds") {
  const Design design = priced();
  const Prepared prepared = ready(design);
  const auto found = explored(prepared);
  REQUIRE(found.prices.size() == 5);
  std::size_t moved_limits = 0;
  for (std::size_t c = 0; c < design.constraints.size(); ++c) {
    const auto& price = found.prices[2 + c];  // after two rules of profiles
    const auto& constraint = design.constraints[c];
    REQUIRE(prepared.rules.limits[price.limit].path == constraint.path);
    for (const auto& one : price.measures) {
      const auto& measure = found.measures[one.measure];
      CAPTURE(constraint.path, static_cast<int>(measure.kind), measure.objective);
      REQUIRE(one.now);
      const double sign = constraint.is_least ? -1 : 1;
      const auto best_under = [&](double limit) {
        Design moved = design;
        moved.constraints[c].limit = sign * limit;
        const Prepared again = ready(moved);
        const auto there = explored(again);
        const auto& at = there.prices[2 + c].measures[one.measure];
        return at.now ? at.now->value : none;
      };
      if (!one.next) {
        CHECK(best_under(price.at + std::abs(price.at)) == one.now->value);  // slack: more of it buys nothing
        CHECK(*one.slope == 0);
        CHECK(one.least == one.now->value);
        continue;
      }
      ++moved_limits;
      CHECK(best_under(one.next->limit) == one.next->value);
      CHECK(best_under(one.next->limit - 1e-6 * std::abs(one.next->limit)) == one.now->value);
      CHECK(one.per_unit(price.at) > 0);
      CHECK(*one.slope > 0);
    }
  }
  CHECK(moved_limits >= 4);
}

TEST_CASE("shadow prices are what a plain loop over all choices finds") {
  const Design design = priced();
  const Prepared prepared = ready(design);
  const auto all = every_outcome(prepared);
  const auto found = explored(prepared);
  for (const auto& price : found.prices) {
    const auto& limit = prepared.rules.limits[price.limit];
    for (const auto& one : price.measures) {
      const auto& measure = found.measures[one.measure];
      CAPTURE(limit.path, static_cast<int>(measure.kind), measure.objective);
      const double now = least(measure, keeping(all), *found.reference);
      const double without = least(measure, keeping(all, {limit.path}), *found.reference);
      CHECK(one.now->value == Approx(now));
      CHECK(one.least == Approx(without));
      CHECK(price.binds() == std::any_of(price.measures.begin(), price.measures.end(),
                                         [](const auto& m) { return m.least < m.now->value; }));
    }
  }
}
