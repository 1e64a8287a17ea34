// The least area against all sequence pairs of a few blocks, and the published optima of MCNC circuits.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/rng.h"
#include "floorplan/bound.h"
#include "floorplan/exact.h"
#include "floorplan/legal.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Problem area_problem(std::size_t blocks, Rng rng) {
  Problem problem;
  problem.objective = {0, 1};
  for (std::size_t b = 0; b < blocks; ++b) {
    Block block{
        .size = {static_cast<Nanometre>(10 + rng.below(90)), static_cast<Nanometre>(10 + rng.below(90))}};
    if (b > 0 && rng.below(3) == 0) block.size = problem.blocks[b - 1].size;
    if (rng.below(3) == 0) block.rotations = static_cast<std::uint8_t>(1 + rng.below(15));
    problem.blocks.push_back(block);
  }
  if (rng.below(2) == 0) problem.gap = static_cast<Nanometre>(rng.below(12));
  if (rng.below(3) == 0) problem.outline = Size{static_cast<Nanometre>(90 + rng.below(120)), 150};
  if (rng.below(3) == 0) {
    problem.least_aspect = 0.9;
    problem.largest_aspect = 1.2;
  }
  return problem;
}

// Longest paths of one sequence pair and one way to turn each block: the box, or nothing that is allowed.
double area_of(const Problem& problem, const std::vector<std::size_t>& first,
               const std::vector<std::size_t>& rank, unsigned turns) {
  std::vector<Nanometre> x(first.size()), y(first.size());
  Nanometre right = 0, top = 0;
  const auto size = [&](std::size_t b) {
    const Size s = problem.blocks[b].size;
    return ((turns >> b) & 1) != 0 ? Size{s.height, s.width} : s;
  };
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::size_t b = first[i];
    if ((problem.blocks[b].rotations & (((turns >> b) & 1) != 0 ? 0b1010 : 0b0101)) == 0) return infinite;
    for (std::size_t k = 0; k < i; ++k) {
      if (rank[first[k]] < rank[b]) x[b] = std::max(x[b], x[first[k]] + size(first[k]).width + problem.gap);
    }
    right = std::max(right, x[b] + size(b).width);
  }
  for (std::size_t i = first.size(); i-- > 0;) {
    const std::size_t b = first[i];
    for (std::size_t k = i + 1; k < first.size(); ++k) {
      if (rank[first[k]] < rank[b]) y[b] = std::max(y[b], y[first[k]] + size(first[k]).height + problem.gap);
    }
    top = std::max(top, y[b] + size(b).height);
  }
  auto w = static_cast<double>(right), h = static_cast<double>(top);
  if (first.size() == 1 && problem.least_aspect > 0 &&
      (w < problem.least_aspect * h || w > problem.largest_aspect * h)) {
    return infinite;  // the box of one block cannot be stretched
  }
  if (problem.least_aspect > 0) w = std::max(w, std::ceil(problem.least_aspect * h - 1e-9));
  if (problem.largest_aspect > 0) h = std::max(h, std::ceil(w / problem.largest_aspect - 1e-9));
  if (problem.outline &&
      (w > static_cast<double>(problem.outline->width) || h > static_cast<double>(problem.outline->height))) {
    return infinite;
  }
  return w * h;
}

double least_by_trying(const Problem& problem) {
  const std::size_t n = problem.blocks.size();
  std::vector<std::size_t> first(n), rank(n);
  std::iota(first.begin(), first.end(), std::size_t{0});
  double best = infinite;
  do {
    std::iota(rank.begin(), rank.end(), std::size_t{0});
    do {
      for (unsigned turns = 0; turns < (1U << n); ++turns)
        best = std::min(best, area_of(problem, first, rank, turns));
    } while (std::ranges::next_permutation(rank).found);
  } while (std::ranges::next_permutation(first).found);
  return best;
}

std::optional<Problem> circuit(const std::string& name) {
  const auto folder = test::bench_folder("layout");
  if (!folder) return std::nullopt;
  std::ifstream file{*folder / "mcnc_gsrc" / (name + ".json")};
  const auto json = nlohmann::json::parse(file);
  Problem problem;
  problem.objective = {0, 1};
  for (const auto& block : json["blocks"]) {
    problem.blocks.push_back({.size = {std::llround(block["w"].get<double>() * 1000),
                                       std::llround(block["h"].get<double>() * 1000)}});
  }
  return problem;
}

}  // namespace

TEST_CASE("the proved area is that of the best of all sequence pairs") {
  for (std::uint64_t i = 0; i < 150; ++i) {
    const auto problem = area_problem(1 + i % 4, Rng{21}.fork(i));
    INFO("problem " << i);
    const auto result = prove(problem, {});
    const double oracle = least_by_trying(problem);
    CHECK(result.proved);
    CHECK(result.objective == oracle);
    CHECK(result.bound == oracle);
    if (oracle == infinite) {
      CHECK_FALSE(result.best.has_value());
      continue;
    }
    REQUIRE(result.best);
    CHECK(is_legal(problem, *result.best));
    CHECK(objective(problem, *result.best) == oracle);
    CHECK(area_bound(problem) <= oracle);
  }
}

TEST_CASE("the smallest box of the MCNC circuit apte is the published one") {
  const auto problem = circuit("apte");
  if (!problem) return test::skip("no bench cases");
  const auto result = prove(*problem, {});
  CHECK(result.proved);
  CHECK(result.objective / 1e12 == Approx(46.92).margin(0.005));  // mm2
  CHECK(is_legal(*problem, *result.best));
}

TEST_CASE("an area proof gives the same bytes by any number of threads") {
  const auto problem = area_problem(7, Rng{25});
  Options options;
  const auto one = prove(problem, options);
  options.threads = 3;
  const auto three = prove(problem, options);
  REQUIRE(one.proved);
  CHECK(one.best->blocks == three.best->blocks);
  CHECK(one.steps == three.steps);
}

TEST_CASE("an area proof that is stopped has excluded what it says") {
  const auto problem = circuit("hp");
  if (!problem) return test::skip("no bench cases");
  Options options;
  double last = 0;
  for (const std::uint64_t steps : {1000U, 100000U, 600000U}) {
    options.budget.steps = steps;
    const auto result = prove(*problem, options);
    CHECK_FALSE(result.proved);
    CHECK(result.bound >= last);
    CHECK(result.bound <= 8.947008e12);  // nm2, the optimum
    last = result.bound;
  }
  CHECK(last > area_bound(*problem));
}

TEST_CASE("wire and area together are bounded, and what is found is legal") {
  auto problem = area_problem(4, Rng{26}.fork(3));
  problem.outline.reset();
  problem.objective = {1, 0.5};
  for (std::int32_t b = 1; b < 4; ++b) problem.nets.push_back({{{0, {}, true}, {b, {}, true}}, 2.0 * b});
  const auto both = prove(problem, {});
  REQUIRE(both.best);
  CHECK(is_legal(problem, *both.best));
  CHECK(both.bound <= both.objective);
  CHECK(both.bound > 0.6 * both.objective);
}
