// The synthesis against counting every choice of links.
#include <array>
#include <catch2/catch.hpp>

#include "milp/milp.h"
#include "support/golden.h"
#include "synthesis/oracles.h"

using namespace marquetry;
using namespace marquetry::synthesis;
using namespace marquetry::test;

namespace {

// Small, and with needs that go with each goal.
Problem drawn(Goal goal, std::uint64_t seed) {
  auto p = random_problem(goal == Goal::resilience || seed % 4 != 0 ? 4 : 5, Rng{seed});
  p.goal = goal;
  if (goal == Goal::cost) p.needs.throughput = 0.2 + 0.1 * static_cast<double>(seed % 3);
  if (goal == Goal::throughput && seed % 2 == 0) p.needs.cost = 20;
  if (goal == Goal::throughput && seed % 3 == 0) p.needs.latency = 15;
  return p;
}

std::string goal_name(Goal goal) {
  constexpr std::array<const char*, 4> names{"throughput", "cost", "latency", "resilience"};
  return names[static_cast<std::size_t>(goal)];
}

}  // namespace

TEST_CASE("the best choice of links is the best of all subsets") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  const auto goal = GENERATE(Goal::throughput, Goal::cost, Goal::latency, Goal::resilience);
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= (goal == Goal::resilience ? 12 : 30); ++seed) {
    INFO(goal_name(goal) << ", seed " << seed);
    const auto problem = drawn(goal, seed);
    REQUIRE(faults(problem).empty());
    const auto best = best_by_counting(problem);
    const auto result = synthesise(problem, {.seconds = 20, .steps = 60});
    if (!best) {
      CHECK(result.status == Status::infeasible);
      CHECK_FALSE(result.reasons.empty());
      continue;
    }
    ++feasible;
    REQUIRE(result.status == Status::optimal);
    CHECK(value(goal, result.figures) == Approx(*best).epsilon(2e-4).margin(1e-9));
    CHECK(result.bound == Approx(*best).epsilon(2e-4).margin(1e-9));
    CHECK(keeps_limits(problem, result.links));
    CHECK(is_connected(problem, result.links));
    CHECK(broken_limits(problem, result.links).empty());
    CHECK(result.figures.throughput == Approx(load_over_paths(problem, result.links)).epsilon(2e-3));
    CHECK(result.figures.latency == Approx(mean_latency(problem, result.links)));
    CHECK(result.figures.resilience ==
          Approx(load_after_worst_failure(problem, result.links)).epsilon(2e-3).margin(1e-9));
  }
  CHECK(feasible >= 3);
}
