// Floorplans of many blocks: whatever comes out is legal, soon, and the same for any number of threads.
#include "floorplan/multilevel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>

#include "plain.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

Options steps(std::uint64_t n, int threads = 1) {
  Options options;
  options.budget.seconds = 1000;
  options.budget.steps = n;
  options.seed = 3;
  options.threads = threads;
  return options;
}

Nanometre side(const Problem& problem, double spare) {
  double area = 0;
  for (const auto& block : problem.blocks) {
    area += static_cast<double>(block.size.width + problem.gap) *
            static_cast<double>(block.size.height + problem.gap);
  }
  return static_cast<Nanometre>(std::sqrt(area * (1 + spare)));
}

Problem outlined(std::size_t n, double spare, std::uint64_t seed, Nanometre gap = 0) {
  Rng rng{seed};
  Problem problem = plain::random_problem(n, rng);
  problem.gap = gap;
  problem.outline = Size{side(problem, spare), side(problem, spare)};
  return problem;
}

void check_legal(const Problem& problem, const Result& result) {
  REQUIRE(result.best);
  CHECK(plain::fault(problem, *result.best) == "");
  CHECK(result.objective == Approx(objective(problem, *result.best)));
}

}  // namespace

TEST_CASE(
    "sixty blocks fit an outline with a tenth to spare, side by side, with much less wire than at random") {
  const auto problem = outlined(60, 0.1, 1);
  const auto quick = multilevel(problem, steps(2000)), longer = multilevel(problem, steps(400000));
  check_legal(problem, longer);
  if (quick.best) CHECK(longer.objective < 0.8 * quick.objective);
}

TEST_CASE("gaps between all blocks and between some are kept") {
  auto problem = outlined(40, 0.4, 2, 5);
  problem.gaps = {{0, 1, 30}, {2, 3, 0}, {4, 5, 17}, {0, 7, 12}};
  check_legal(problem, multilevel(problem, steps(200000)));
}

TEST_CASE("fixed blocks stay where they are, and the others round them") {
  auto problem = outlined(40, 0.5, 4, 3);
  problem.blocks[5].fixed = Placement{{100, 50}, Rotation::r90};
  problem.blocks[6].fixed = Placement{{180, 130}, Rotation::r180};
  check_legal(problem, multilevel(problem, steps(200000)));
}

TEST_CASE("soft blocks keep their areas and aspects") {
  auto problem = outlined(40, 0.15, 5);
  for (std::size_t b = 0; b < 30; ++b) {
    auto& block = problem.blocks[b];
    block.soft = Soft{geometry::area(block.size), 1.0 / 7, 7};
  }
  problem.blocks[3].rotations = 0b0001;
  check_legal(problem, multilevel(problem, steps(300000)));
}

TEST_CASE("blocks that may not turn do not") {
  auto problem = outlined(50, 0.4, 6);
  for (std::size_t b = 0; b < 50; ++b) problem.blocks[b].rotations = b % 2 == 0 ? 0b0001 : 0b0010;
  check_legal(problem, multilevel(problem, steps(200000)));
}

TEST_CASE("without an outline the box becomes small") {
  Rng rng{7};
  auto problem = plain::random_problem(80, rng);
  problem.objective = {0, 1};
  const auto result = multilevel(problem, steps(400000));
  check_legal(problem, result);
  double area = 0;
  for (const auto& block : problem.blocks) area += geometry::area(block.size);
  CHECK(area / result.objective > 0.92);
}

TEST_CASE("the same steps give the same bytes for any number of threads") {
  const auto problem = outlined(50, 0.15, 8);
  const auto one = multilevel(problem, steps(100000, 1)), four = multilevel(problem, steps(100000, 4));
  REQUIRE(one.best);
  REQUIRE(four.best);
  CHECK(one.best->blocks == four.best->blocks);
  CHECK(one.best->sizes == four.best->sizes);
  CHECK(one.objective == four.objective);
  CHECK(one.steps == four.steps);
}

TEST_CASE("ten thousand blocks are packed legally at once") {
  Rng rng{9};
  auto problem = plain::random_problem(10000, rng);
  problem.objective = {1, 1};
  const auto result = multilevel(problem, steps(1));
  check_legal(problem, result);
}

TEST_CASE("an outline too small for the blocks is said at once to be hopeless") {
  const auto problem = outlined(60, -0.01, 10);
  const auto result = multilevel(problem, steps(1000000000));
  CHECK_FALSE(result.best);
  CHECK(result.proved);
  CHECK(result.steps == 0);
}

TEST_CASE("a block longer than the outline is hopeless, however small") {
  auto problem = outlined(60, 1, 11);
  problem.blocks[17].size = {problem.outline->width + 1, 1};
  CHECK(multilevel(problem, steps(1000000000)).proved);
}

TEST_CASE("an outline that only just holds the blocks gives no illegal answer") {
  const auto problem = outlined(60, 0.02, 12);
  const auto result = multilevel(problem, steps(50000));
  if (result.best) check_legal(problem, result);
  CHECK_FALSE(result.proved);
}

TEST_CASE("nets of no pin, of one, of one block twice, or of terminals alone do no harm") {
  auto problem = outlined(45, 0.3, 13);
  problem.nets.push_back({});
  problem.nets.push_back({{Pin{0, {1, 1}, false}}, 1});
  problem.nets.push_back({{Pin{1, {1, 1}, false}, Pin{1, {3, 4}, false}}, 2});
  problem.nets.push_back({{Pin{-1, {0, 0}, false}, Pin{-1, {50, 60}, false}}, 1});
  problem.nets.push_back({{Pin{2, {}, true}, Pin{2, {}, true}}, 0});
  check_legal(problem, multilevel(problem, steps(100000)));
}

TEST_CASE("a stopped search ends, with what it has") {
  const auto problem = outlined(60, 0.3, 14);
  const std::atomic<bool> stop{true};
  auto options = steps(0);
  options.budget.stop = &stop;
  const auto result = multilevel(problem, options);
  CHECK(result.steps == 0);
  if (result.best) check_legal(problem, result);
}

TEST_CASE("no blocks, or one") {
  Problem problem;
  CHECK(multilevel(problem, steps(100)).best);
  problem.blocks.push_back({.size = {10, 20}});
  check_legal(problem, multilevel(problem, steps(100)));
}
