// Larger choices of links: the search against its bounds and against known topologies, reasons where nothing
// fits, trade-offs, and sameness.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "milp/milp.h"
#include "support/golden.h"
#include "synthesis/oracles.h"

using namespace marquetry;
using namespace marquetry::synthesis;
using namespace marquetry::test;

namespace {

// The candidate of each pair.
Links links_of(const Problem& problem, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
  Links out;
  for (const auto& [a, b] : pairs) {
    for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
      const auto& c = problem.candidates[i];
      if ((c.a == a && c.b == b) || (c.a == b && c.b == a)) {
        out.push_back(i);
        break;
      }
    }
  }
  std::ranges::sort(out);
  return out;
}

// Every die gets the edge that these links take, and no more.
void give_edge_of(Problem& problem, const Links& links) {
  for (auto& die : problem.dies) die.beachfront = 0;
  for (const auto l : links) {
    const auto& c = problem.candidates[l];
    problem.dies[c.a].beachfront += c.beachfront;
    problem.dies[c.b].beachfront += c.beachfront;
  }
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> mesh_pairs(std::uint32_t rows, std::uint32_t columns) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (std::uint32_t y = 0; y < rows; ++y) {
    for (std::uint32_t x = 0; x < columns; ++x) {
      if (x + 1 < columns) out.push_back({y * columns + x, y * columns + x + 1});
      if (y + 1 < rows) out.push_back({y * columns + x, (y + 1) * columns + x});
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the search alone stays within the proved bounds and mostly comes to the optimum") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  int problems = 0, reached = 0;
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    auto problem = random_problem(5, Rng{seed});
    problem.goal = seed % 2 == 0 ? Goal::throughput : Goal::cost;
    if (problem.goal == Goal::cost) problem.needs.throughput = 0.2;
    const auto exact = synthesise(problem, {.seconds = 20, .steps = 50});
    const auto searched = synthesise(problem, {.seconds = 20, .steps = 200, .exact_size = 0});
    INFO("seed " << seed);
    if (exact.status == Status::infeasible) {
      CHECK(searched.links.empty());
      continue;
    }
    REQUIRE(exact.status == Status::optimal);
    ++problems;
    const double best = value(problem.goal, exact.figures);
    CHECK_FALSE(
        is_better(problem.goal, best * (is_better(problem.goal, 1, 0) ? 0.9999 : 1.0001), searched.bound));
    if (searched.status == Status::unknown) continue;
    const double found = value(problem.goal, searched.figures);
    CHECK_FALSE(is_better(problem.goal, found * (is_better(problem.goal, 1, 0) ? 0.9998 : 1.0002), best));
    CHECK(keeps_limits(problem, searched.links));
    reached += found == Approx(best).epsilon(2e-4) ? 1 : 0;
  }
  INFO(reached << " of " << problems);
  CHECK(problems >= 30);
  CHECK(reached >= problems * 9 / 10);
}

TEST_CASE("prices bound the load of problems that are too large for the relaxation") {
  auto problem = grid_of_dies(3, 4, {.reach = 2, .width = 0.5});
  for (auto& die : problem.dies) die.phys = 3;
  problem.goal = Goal::throughput;
  const auto relaxed = bound(problem, {});
  problem.candidates.insert(problem.candidates.end(), 3000,
                            {.a = 0, .b = 1, .length = 9, .reach = 2});  // beyond reach
  const auto same = bound(problem, {});
  CHECK(same.value == Approx(relaxed.value).epsilon(0.05));
  CHECK(same.value >= relaxed.value * (1 - 1e-6));
}

TEST_CASE("ten dies with three links each are at best Petersen's graph") {
  // Three others a hop away, the six others two: 15 hops to nine dies, and Moore's bound says it proves it.
  auto problem = grid_of_dies(2, 5, {});
  for (auto& die : problem.dies) die.phys = 3;
  CHECK(fewest_hops(problem) == Approx(10 * 15.0 / 9));
  problem.goal = Goal::latency;
  const auto result = synthesise(problem, {.seconds = 20, .steps = 1500, .exact_size = 0});
  CHECK(result.status == Status::optimal);
  CHECK(result.links.size() == 15);
  const double hop = problem.router.cycles() + 1;
  CHECK(result.figures.latency == Approx(3 + problem.router.cycles() + hop * 15 / 9));
}

TEST_CASE("no choice of links has fewer hops than the limits of its dies allow") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto problem = random_problem(4, Rng{seed});
    problem.router.routing = 0;
    for (auto& c : problem.candidates) {
      c.latency = 1;
      if (seed % 2 == 0) c.reach = 3;
    }
    double least = infinity, total = 0;
    for (const double t : problem.traffic) total += t;
    for (std::uint32_t mask = 0; mask < 64; ++mask) {
      Links links;
      for (std::uint32_t i = 0; i < 6; ++i) {
        if ((mask >> i & 1U) != 0) links.push_back(i);
      }
      if (!keeps_limits(problem, links) || !is_connected(problem, links)) continue;
      const double cycles = mean_latency(problem, links) - 3 - problem.router.cycles();
      least = std::min(least, cycles / (1 + problem.router.cycles()) * total);
    }
    CHECK(fewest_hops(problem) <= least * (1 + 1e-9));
  }
}

TEST_CASE("with the beachfront of a mesh or hexamesh it carries as much or more") {
  SECTION("mesh of nine") {
    auto problem = grid_of_dies(3, 3, {.reach = 2, .beachfront = 0.5, .width = 0.5});
    const auto mesh = links_of(problem, mesh_pairs(3, 3));
    REQUIRE(mesh.size() == 12);
    give_edge_of(problem, mesh);
    const auto known = measure(problem, mesh);
    const auto result = synthesise(problem, {.seconds = 20, .steps = 1000, .exact_size = 0});
    CHECK(result.figures.throughput >= known.throughput * (1 - 1e-9));
    CHECK(result.figures.throughput <= result.bound * (1 + 1e-6));
    CHECK(keeps_limits(problem, result.links));
  }
  SECTION("mesh of sixteen") {
    auto problem = grid_of_dies(4, 4, {.reach = 3, .beachfront = 0.5, .width = 0.5});
    const auto mesh = links_of(problem, mesh_pairs(4, 4));
    give_edge_of(problem, mesh);
    const auto known = measure(problem, mesh);
    const auto result = synthesise(problem, {.seconds = 20, .steps = 250, .exact_size = 0});
    // A 4 x 4 mesh of half a flit: 4 / 15 of 8 senders' flits over 4 half links each way.
    CHECK(known.throughput == Approx(0.5 * 4 / (8 * 8.0 / 15)));
    CHECK(result.figures.throughput > known.throughput * 1.05);
  }
  SECTION("hexamesh of seven") {
    // One in the middle, six around it: rows of two, three and two, half a die apart.
    Problem problem;
    for (const auto& [x, y] :
         {std::pair{0.5, 0.0}, {1.5, 0.0}, {0.0, 1.0}, {1.0, 1.0}, {2.0, 1.0}, {0.5, 2.0}, {1.5, 2.0}})
      problem.dies.push_back({.place = {x, y}});
    problem.candidates = candidates(problem.dies, {.beachfront = 0.5, .width = 0.5});
    problem.traffic.assign(49, 1 / 6.0);
    for (std::size_t d = 0; d < 7; ++d) problem.traffic[d * 8] = 0;
    const auto hexamesh = links_of(
        problem,
        {{0, 1}, {2, 3}, {3, 4}, {5, 6}, {0, 2}, {0, 3}, {1, 3}, {1, 4}, {2, 5}, {3, 5}, {3, 6}, {4, 6}});
    REQUIRE(hexamesh.size() == 12);
    give_edge_of(problem, hexamesh);
    const auto known = measure(problem, hexamesh);
    const auto result = synthesise(problem, {.seconds = 20, .steps = 1000, .exact_size = 0});
    CHECK(result.figures.throughput >= known.throughput * (1 - 1e-9));
    CHECK(keeps_limits(problem, result.links));
  }
}

TEST_CASE("what could not be proved for want of a solver is said") {
  auto problem = grid_of_dies(2, 3, {.beachfront = 1, .width = 0.25, .parallel = 3});
  for (auto& die : problem.dies) die.phys = 2;
  problem.traffic[0 * 6 + 1] += 0.9;
  const auto result = synthesise(problem, {.seconds = 20, .steps = 300});
  CHECK(result.status == (milp::has_integer_programs() ? Status::optimal : Status::feasible));
  CHECK(result.missing ==
        (milp::has_integer_programs()
             ? ""
             : "this build has no solver of integer programs: it was made without GLPK (MARQUETRY_GPL=OFF)"));
}

TEST_CASE("links go where the traffic is") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  // Die 0 sends to 1 nine times what it sends in all besides; up to three links side by side.
  auto problem = grid_of_dies(2, 3, {.beachfront = 1, .width = 0.25, .parallel = 3});
  for (auto& die : problem.dies) die.phys = 2;
  problem.dies[0].phys = problem.dies[1].phys = 4;
  for (auto& t : problem.traffic) t *= 0.1;
  problem.traffic[0 * 6 + 1] = 0.9;
  const auto result = synthesise(problem, {.seconds = 20, .steps = 300});
  CHECK(result.status == Status::optimal);
  const auto between = [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::count_if(
        result.links, [&](auto l) { return problem.candidates[l].a == a && problem.candidates[l].b == b; });
  };
  CHECK(between(0, 1) == 3);
  // A ring, which has a link for each pair of neighbours, carries what fits both ways round.
  const auto ring = links_of(problem, {{0, 1}, {1, 2}, {2, 5}, {4, 5}, {3, 4}, {0, 3}});
  REQUIRE(keeps_limits(problem, ring));
  CHECK(result.figures.throughput > 1.5 * load_over_paths(problem, ring));
  CHECK(result.figures.throughput == Approx(load_over_paths(problem, result.links)).epsilon(2e-3));
}

TEST_CASE("what cannot be built is said with the least that would do") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  auto problem = grid_of_dies(1, 4, {.reach = 1, .beachfront = 0.5});
  SECTION("a die beyond reach") {
    problem.dies[3].place.x += 1.5;
    problem.candidates = candidates(problem.dies, {.reach = 1, .beachfront = 0.5});
    const auto result = synthesise(problem, {});
    REQUIRE(result.status == Status::infeasible);
    REQUIRE(result.reasons.size() == 1);
    CHECK(result.reasons[0].message == "reach 1 mm leaves die '3' alone: the nearest, '2', is 2.5 mm away");
    CHECK(result.reasons[0].hint == "links of 2.5 mm reach, or place the dies 1.5 mm nearer");
  }
  SECTION("two halves out of each other's reach") {
    problem.dies[2].place.x += 1, problem.dies[3].place.x += 1;
    problem.candidates = candidates(problem.dies, {.reach = 1, .beachfront = 0.5});
    const auto result = synthesise(problem, {});
    REQUIRE(result.reasons.size() == 1);
    CHECK(result.reasons[0].message ==
          "reach 1 mm leaves dies '2', '3' apart from the others: the nearest, '1', is 2 mm away (from '2')");
  }
  SECTION("an edge too short for any link") {
    problem.dies[1].beachfront = 0.3;
    const auto result = synthesise(problem, {});
    REQUIRE(result.status == Status::infeasible);
    CHECK(result.reasons[0].message ==
          "die '1' has 0.3 mm of beachfront, but its narrowest link needs 0.5 mm");
    CHECK(result.reasons[0].hint == "it would need 0.2 mm more");
  }
  SECTION("an edge too short for the links that must pass") {
    problem.dies[1].name = "io";
    problem.dies[1].beachfront = 0.6;  // it stands between the first and the rest: two links, 1 mm
    const auto result = synthesise(problem, {.seconds = 5, .steps = 50});
    REQUIRE(result.status == Status::infeasible);
    REQUIRE_FALSE(result.reasons.empty());
    CHECK(result.reasons[0].message == "die 'io' would need 0.4 mm more beachfront");
  }
  SECTION("too few PHYs") {
    problem.dies[2].phys = 1;
    const auto result = synthesise(problem, {.seconds = 5, .steps = 50});
    REQUIRE(result.status == Status::infeasible);
    CHECK(result.reasons[0].message == "die '2' would need 1 more PHY");
  }
  SECTION("too little money") {
    problem.needs.cost = 2.5;
    const auto result = synthesise(problem, {.seconds = 5, .steps = 50});
    REQUIRE(result.status == Status::infeasible);
    CHECK(result.reasons[0].message == "the links would have to cost 3, not 2.5");
  }
  SECTION("more than the ports take") {
    problem.needs.throughput = 1.2;
    const auto result = synthesise(problem, {});
    REQUIRE(result.status == Status::infeasible);
    CHECK(result.reasons[0].message ==
          "a throughput of 1.2 is asked for, but a die sends and receives at most 1 flit a cycle");
  }
  SECTION("more than the links carry") {
    problem.needs.throughput = 0.9;  // a chain of four: 4 pairs of 1/3 each way over the middle
    const auto result = synthesise(problem, {.seconds = 5, .steps = 50});
    REQUIRE(result.status == Status::infeasible);
    CHECK(result.reasons[0].message ==
          "a throughput of 0.9 is asked for, but within the other limits no choice of links carries more "
          "than 0.75");
  }
}

TEST_CASE("numbers that mean nothing are refused") {
  auto problem = grid_of_dies(2, 2, {});
  REQUIRE(faults(problem).empty());
  problem.candidates[0].b = problem.candidates[0].a;
  problem.candidates[1].width = 0;
  problem.candidates[2].latency = 0;
  problem.traffic[1] = -1;
  const auto found = faults(problem);
  REQUIRE(found.size() == 4);
  CHECK(found[0].message == "the link from '0' to '0' ends where it starts");
  CHECK(found[1].message == "the link from '0' to '2' is 0 flits wide");
  CHECK(found[2].message == "the link from '0' to '3' has no latency");
  CHECK(found[3].message == "the traffic has a rate that is negative or no number");
}

TEST_CASE("no choice of the front beats another one, and its ends are the best of each goal") {
  auto problem = grid_of_dies(2, 3, {.beachfront = 1, .width = 0.5, .cost_of_mm = 0.5});
  for (auto& die : problem.dies) die.beachfront = 3;
  const auto points = front(problem, {.throughput = 1, .latency = 1, .cost = 1, .resilience = 1},
                            {.seconds = 60, .steps = 60});
  REQUIRE(points.size() >= 5);
  for (const auto& a : points) {
    CHECK(keeps_limits(problem, a.links));
    for (const auto& b : points) {
      const auto &x = a.figures, &y = b.figures;
      CHECK_FALSE((x.throughput >= y.throughput && x.latency <= y.latency && x.cost <= y.cost &&
                   x.resilience >= y.resilience &&
                   (x.throughput > y.throughput || x.latency < y.latency || x.cost < y.cost ||
                    x.resilience > y.resilience)));
    }
  }
  problem.goal = Goal::throughput;
  CHECK(points[0].figures.throughput ==
        Approx(value(Goal::throughput, synthesise(problem, {.steps = 200}).figures)).epsilon(1e-3));
  double cheapest = infinity;
  for (const auto& p : points) cheapest = std::min(cheapest, p.figures.cost);
  CHECK(cheapest == Approx(5 * 1.5));  // a tree of links between neighbours
}

TEST_CASE("the same links for any number of threads") {
  auto problem = grid_of_dies(3, 3, {.reach = 2, .width = 0.5});
  for (auto& die : problem.dies) die.phys = 3;
  const auto one = synthesise(problem, {.seconds = 60, .steps = 300, .threads = 1, .exact_size = 0});
  const auto two = synthesise(problem, {.seconds = 60, .steps = 300, .threads = 2, .exact_size = 0});
  CHECK(one.links == two.links);
  CHECK(one.figures.throughput == two.figures.throughput);
  CHECK(one.bound == two.bound);
  CHECK(one.steps == two.steps);
  const auto other = synthesise(problem, {.seconds = 60, .steps = 300, .seed = 2, .exact_size = 0});
  CHECK(other.figures.throughput == Approx(one.figures.throughput).epsilon(0.1));
}
