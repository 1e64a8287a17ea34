// The compositions that the answer names, against a plain loop over all choices.
#include <algorithm>
#include <catch2/catch.hpp>

#include "explore/outcomes.h"

using namespace marquetry;
using namespace marquetry::test;
using explore::Sense;

namespace {

const explore::BestChoice& of(const explore::Exploration& found, Sense sense) {
  const auto at =
      std::find_if(found.best.begin(), found.best.end(), [&](const auto& c) { return c.sense == sense; });
  REQUIRE(at != found.best.end());
  return *at;
}

// What matches one H200 on both workloads.
double packages_of(const Outcome& o, const explore::Reference& reference) {
  return std::max(*reference.workloads[0] / o.evaluation.performance[0].value,
                  *reference.workloads[1] / o.evaluation.performance[1].value);
}

}  // namespace

TEST_CASE("the cheapest match and the match of least power are the best of all feasible choices") {
  Design design = cut_down(small);
  const bool costs_are_objectives = GENERATE(true, false);
  if (!costs_are_objectives)
    design.objectives.erase(design.objectives.begin(), design.objectives.begin() + 2);
  const Prepared prepared = ready(design);
  const auto found = explored(prepared);
  double cost = 1e18, power = 1e18;
  const auto all = every_outcome(prepared);
  for (const auto* o : keeping(all)) {
    const double n = packages_of(*o, *found.reference);
    cost = std::min(cost, n * o->evaluation.cost.unit.si());
    power = std::min(power, n * o->evaluation.power.total.si());
  }
  const auto evaluated = [&](const Choice& choice) {
    return evaluate(compose(prepared, choice), prepared.models);
  };
  const auto& cheapest = of(found, Sense::cheapest);
  CHECK(cheapest.packages * evaluated(cheapest.choice).cost.unit.si() == Approx(cost));
  const auto& frugal = of(found, Sense::frugal);
  CHECK(frugal.packages * evaluated(frugal.choice).power.total.si() == Approx(power));
  if (costs_are_objectives) {
    CHECK(of(found, Sense::nearest).choice == found.front[found.nearest]);
    CHECK(of(found, Sense::knee).choice == found.front[found.knee]);
  }
}

TEST_CASE("the whole answer is the same for any number of threads") {
  Design design = cut_down({"sram=32", "io-node=n14", "cooling=cold-plate"});
  design.constraints.push_back({.path = "area.silicon_mm2", .limit = 900e-6});
  const Prepared prepared = ready(design);
  const auto one = explored(prepared, {.threads = 1});
  const auto many = explored(prepared, {.threads = 3});
  REQUIRE(many.best.size() == one.best.size());
  for (std::size_t i = 0; i < one.best.size(); ++i) CHECK(many.best[i].choice == one.best[i].choice);
  REQUIRE(many.pairs.size() == one.pairs.size());
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    CHECK(many.pairs[i].best == one.pairs[i].best);
    CHECK(many.pairs[i].limits == one.pairs[i].limits);
    CHECK(many.pairs[i].worth == one.pairs[i].worth);
  }
  for (std::size_t r = 0; r < one.prices.size(); ++r) {
    for (std::size_t m = 0; m < one.prices[r].measures.size(); ++m) {
      const auto &a = one.prices[r].measures[m], &b = many.prices[r].measures[m];
      CHECK(a.now->id == b.now->id);
      CHECK(a.now->value == b.now->value);
      CHECK(a.next.has_value() == b.next.has_value());
      CHECK((!a.next || a.next->id == b.next->id));
      CHECK(a.slope == b.slope);
      CHECK(a.least == b.least);
    }
  }
}
