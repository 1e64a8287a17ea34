// The whole search: against all sequence pairs of tiny problems, the same for any number of threads, and
// what cannot be done.
#include "floorplan/solve.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <numeric>

#include "floorplan/flat.h"
#include "floorplan/plain.h"
#include "floorplan/slack.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

// Calls `see` with every pair of orders and every shape.
void every_plan(const Frame& frame, const std::function<void(Plan&)>& see) {
  const Index n = frame.size();
  std::vector<Index> first(n), second(n);
  std::iota(first.begin(), first.end(), 0);
  do {
    std::iota(second.begin(), second.end(), 0);
    do {
      SequencePair pair{first, second, std::vector<Index>(n), std::vector<Index>(n)};
      for (Index k = 0; k < n; ++k) pair.at_first[first[k]] = k, pair.at_second[second[k]] = k;
      Plan plan = plan_of(frame, pair);
      const std::function<void(Index)> shape = [&](Index i) {
        if (i == n) return see(plan);
        for (Index s = 0; s < frame.shapes[i].size(); ++s) {
          take_shape(frame, plan, i, s);
          shape(i + 1);
        }
      };
      shape(0);
    } while (std::next_permutation(second.begin(), second.end()));
  } while (std::next_permutation(first.begin(), first.end()));
}

Options steps(std::uint64_t n) {
  Options options;
  options.budget = {.seconds = 600, .steps = n};
  return options;
}

}  // namespace

TEST_CASE("annealing finds the least area of all sequence pairs and turns") {
  for (std::uint64_t seed = 31; seed < 37; ++seed) {
    auto problem = plain::roomy(4, seed);
    problem.outline.reset();
    problem.nets.clear();
    problem.objective = {0, 1};
    problem.gap = seed % 2 == 0 ? 0 : 3;
    const Frame frame = floorplan::frame(problem);
    Packer packer{frame};
    double best = 1e300;
    every_plan(frame, [&](Plan& plan) {
      packer.compact(plan);
      best = std::min(best, geometry::area(plan.box));
    });
    const auto found = flat(problem, steps(20000));
    REQUIRE(found.best);
    CHECK(plain::fault(problem, *found.best) == "");
    CHECK(found.objective == best);
    CHECK(found.bound <= best);
    const auto proved = solve(problem, steps(200000));
    CHECK(proved.objective == best);
    CHECK(proved.proved);
  }
}

TEST_CASE("annealing finds the least wire of all sequence pairs and turns") {
  for (std::uint64_t seed = 41; seed < 44; ++seed) {
    auto problem = plain::roomy(3, seed);
    for (auto& net : problem.nets) {
      for (auto& pin : net.pins) {
        pin.at_centre = true;
        if (pin.block < 0) pin.at = {1000 * pin.at.x, 1000 * pin.at.y};
      }
    }
    // Large enough for half a nanometre not to matter.
    for (auto& block : problem.blocks) block.size = {1000 * block.size.width, 1000 * block.size.height};
    problem.outline = {1000 * problem.outline->width, 1000 * problem.outline->height};
    const Frame frame = floorplan::frame(problem);
    Packer packer{frame};
    double best = 1e300;
    every_plan(frame, [&](Plan& plan) {
      packer.compact(plan);
      if (plan.overflow_x > 0 || plan.overflow_y > 0) return;
      Plan tight = plan;
      tighten(problem, frame, tight, 10);
      best = std::min(best, half_perimeter(problem, floorplan_of(frame, tight)));
    });
    if (best > 1e299) continue;  // does not fit
    const auto found = flat(problem, steps(150000));
    REQUIRE(found.best);
    CHECK(plain::fault(problem, *found.best) == "");
    CHECK(found.objective == Approx(best).epsilon(1e-5));
    CHECK(found.bound <= best * (1 + 1e-9));
  }
}

TEST_CASE("annealing gives legal floorplans, and the same bytes for any number of threads") {
  for (const bool outlined : {true, false}) {
    auto problem = plain::roomy(14, 16);
    problem.gap = 2;
    if (!outlined) problem.outline.reset(), problem.objective.area = 1, problem.largest_aspect = 2;
    Options options;
    options.budget = {.seconds = 600, .steps = 12000};
    std::vector<Result> results;
    for (const int threads : {1, 2, 4}) {
      options.threads = threads;
      results.push_back(solve(problem, options));
    }
    for (const auto& r : results) {
      REQUIRE(r.best);
      CHECK(plain::fault(problem, *r.best) == "");
      CHECK(r.objective == Approx(objective(problem, *r.best)));
      CHECK(r.best->blocks == results[0].best->blocks);
      CHECK(r.steps == results[0].steps);
    }
  }
}

TEST_CASE("nothing to place, one block, and what does not fit end at once") {
  Options options;
  options.budget = {.seconds = 600, .steps = 3000};
  Problem problem;
  auto result = solve(problem, options);
  REQUIRE(result.best);
  CHECK(result.best->blocks.empty());
  problem.blocks = {Block{{30, 20}}};
  problem.outline = {20, 30};
  result = solve(problem, options);
  REQUIRE(result.best);  // turned
  CHECK(plain::fault(problem, *result.best) == "");
  problem.outline = {20, 29};
  result = solve(problem, options);
  CHECK(!result.best);
  CHECK(result.proved);
  problem.blocks.push_back({{1, 1}});
  CHECK(!solve(problem, options).best);
}

TEST_CASE("a search stops when it is told to") {
  const auto problem = plain::roomy(10, 17);
  const std::atomic<bool> stop{true};
  std::atomic<std::uint64_t> done{};
  Options options;
  options.budget = {.seconds = 600, .steps = 0, .stop = &stop, .done = &done};
  const auto result = solve(problem, options);
  CHECK(result.steps < 200000);  // 64 of each chain
  CHECK(done > 0);
}

TEST_CASE("what fits by area but not by shape ends without a floorplan") {
  Problem problem;  // seven of 10 x 10 in 27 x 27: no more than two beside each other
  for (int i = 0; i < 7; ++i) problem.blocks.push_back(Block{{10, 10}});
  problem.outline = {27, 27};
  problem.nets = {{{{0, {}, true}, {1, {}, true}}, 1}};
  const auto result = solve(problem, steps(20000));
  CHECK(!result.best);
  CHECK(result.steps > 19000);  // shares are rounded down
}

TEST_CASE("fixed blocks and pair gaps are kept") {
  auto problem = plain::roomy(9, 51);
  const auto side = problem.outline->width * 3 / 2;
  problem.outline = {side, side};
  problem.blocks[2].fixed = Placement{{side / 3, side / 3}, Rotation::r90};
  problem.blocks[5].fixed = Placement{{0, 0}, Rotation::r180};
  problem.gap = 2;
  problem.gaps = {{0, 1, 20}, {2, 3, 0}, {5, 6, 15}};
  const auto result = solve(problem, steps(30000));
  REQUIRE(result.best);
  CHECK(plain::fault(problem, *result.best) == "");
}

TEST_CASE("soft blocks take a shape within their limits") {
  auto problem = plain::roomy(8, 52);
  for (auto& block : problem.blocks) block.soft = Soft{geometry::area(block.size), 0.5, 2};
  const auto result = solve(problem, steps(30000));
  REQUIRE(result.best);
  CHECK(plain::fault(problem, *result.best) == "");
}
