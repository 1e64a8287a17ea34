// Floorplans of many blocks: whatever comes out is legal, soon, and the same for any number of threads.
#include "floorplan/multilevel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>

#include "floorplan/legal.h"
#include "floorplan/skyline.h"
#include "floorplan/stretch.h"
#include "floorplan/tight.h"
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

TEST_CASE("a skyline of three hundred blocks is legal, gaps included, and dense") {
  Rng rng{15};
  auto problem = plain::random_problem(300, rng);
  problem.objective = {0, 1};
  double area = 0;
  for (const auto& block : problem.blocks) area += geometry::area(block.size);
  const auto plan = skyline(problem);
  REQUIRE(plan);
  CHECK(plain::fault(problem, *plan) == "");
  CHECK(area / objective(problem, *plan) > 0.92);
  problem.gap = 2;
  problem.gaps = {{3, 4, 9}};
  for (std::uint64_t i = 0; i < 20; ++i) {
    if (const auto other = skyline_at_random(problem, rng.fork(i)))
      CHECK(plain::fault(problem, *other) == "");
  }
}

TEST_CASE("a box too flat is made taller by the block whose nets suffer least") {
  // Three blocks of 10 x 10 in a row, 30 x 10; the box must be at most as wide as high. The net holds the
  // first two together, so the third goes up: to 30 - 10.
  Problem problem;
  for (std::size_t b = 0; b < 3; ++b) problem.blocks.push_back({.size = {10, 10}, .kind = b});
  problem.nets.push_back({{{0, {}, true}, {1, {}, true}}, 1});
  problem.largest_aspect = 1;
  const Floorplan row{{{{0, 0}, {}}, {{10, 0}, {}}, {{20, 0}, {}}}, {{10, 10}, {10, 10}, {10, 10}}};
  CHECK(plain::fault(problem, row) == "the box is too wide");
  const auto taller = stretched(problem, row);
  REQUIRE(taller);
  CHECK(plain::fault(problem, *taller) == "");
  CHECK(taller->blocks[2].low == Point{20, 20});
  problem.outline = Size{30, 25};
  CHECK_FALSE(stretched(problem, row));
}

TEST_CASE("blocks that overlap a little are put apart, and their nets become no longer than they must") {
  // Two blocks of 10 x 10 that overlap by 2 in x, and a terminal at the left: both move to the left as far as
  // they can, to 0 and 10.
  Problem problem;
  for (std::size_t b = 0; b < 2; ++b) problem.blocks.push_back({.size = {10, 10}, .kind = b});
  problem.outline = Size{40, 10};
  for (std::int32_t b = 0; b < 2; ++b) problem.nets.push_back({{{b, {}, true}, {-1, {0, 5}, false}}, 1});
  const LoosePlan plan{{15, 5, 10, 10, Rotation::r0}, {23, 5, 10, 10, Rotation::r0}};
  CHECK(overlap(plan) == Approx(20));
  const auto apart = tightened(problem, plan, {40, 10}, Rng{1});
  REQUIRE(apart);
  CHECK(apart->blocks[0].low == Point{0, 0});
  CHECK(apart->blocks[1].low == Point{10, 0});
  CHECK(is_legal(problem, *apart));
}

TEST_CASE("the check of a floorplan says what the plain one says") {
  Rng rng{16};
  int legal = 0;
  for (int i = 0; i < 200; ++i) {
    auto problem = plain::random_problem(4, rng);
    problem.outline = Size{250, 250};
    problem.gap = 3;
    problem.gaps = {{0, 2, 20}, {1, 3, 0}};
    Floorplan plan;
    for (const auto& block : problem.blocks) {
      plan.sizes.push_back(block.size);
      plan.blocks.push_back({{plain::between(rng, -2, 200), plain::between(rng, 0, 200)}, Rotation::r90});
    }
    const bool plainly = plain::fault(problem, plan).empty();
    CHECK(is_legal(problem, plan) == plainly);
    legal += plainly ? 1 : 0;
  }
  CHECK(legal > 10);
}
