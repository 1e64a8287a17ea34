// The least wire against integer programs, against trying everything, and against published figures.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "floorplan/bound.h"
#include "floorplan/exact.h"
#include "floorplan/legal.h"
#include "floorplan/oracles.h"
#include "floorplan/random_problem.h"
#include "milp/milp.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

constexpr Nanometre mm = 1000000;

Net tied(std::int32_t a, std::int32_t b, double weight) { return {{{a, {}, true}, {b, {}, true}}, weight}; }
Block hard(Nanometre width, Nanometre height) { return {.size = {width, height}}; }

// A system of dies as TAP-2.5D's files have them: rings belong to the dies, wires run both ways.
std::optional<Problem> dies_with_rings(const std::string& name) {
  const auto folder = test::bench_folder("layout");
  if (!folder) return std::nullopt;
  std::ifstream file{*folder / "tap25d" / (name + ".json")};
  const auto json = nlohmann::json::parse(file);
  const auto nm = [](const nlohmann::json& length) { return std::llround(length.get<double>() * 1e6); };
  Problem problem;
  problem.outline = Size{nm(json["interposer"]["w"]), nm(json["interposer"]["h"])};
  for (const auto& die : json["dies"]) {
    const auto ring = nm(die["ubump_ring_mm"]);
    problem.blocks.push_back(hard(nm(die["w"]) + 2 * ring, nm(die["h"]) + 2 * ring));
  }
  for (const auto& link : json["links"]) {
    problem.nets.push_back(tied(link["a"], link["b"], 2 * link["wires"].get<double>()));
  }
  return problem;
}

// Four hosts in a mesh, a memory beside each.
Problem four_and_four() {
  Problem problem;
  for (int i = 0; i < 4; ++i) problem.blocks.push_back(hard(14 * mm, 18 * mm));
  for (int i = 0; i < 4; ++i) problem.blocks.push_back(hard(8 * mm, 12 * mm));
  for (std::int32_t i = 0; i < 4; ++i) {
    problem.nets.push_back(tied(i, 4 + i, 2048));
    for (std::int32_t k = 0; k < i; ++k) problem.nets.push_back(tied(i, k, 256));
  }
  problem.outline = Size{60 * mm, 60 * mm};
  return problem;
}

constexpr double rounding = 0.5;  // nm, of a pin at a centre of odd width

double pins_weight(const Problem& problem) {
  double sum = 0;
  for (const auto& net : problem.nets) sum += net.weight * static_cast<double>(net.pins.size());
  return sum;
}

void check_against(const Problem& problem, const Result& result, const std::optional<double>& oracle) {
  REQUIRE(result.proved);
  REQUIRE(result.best.has_value() == oracle.has_value());
  if (!oracle) return;
  CHECK(is_legal(problem, *result.best));
  CHECK(result.objective == objective(problem, *result.best));
  CHECK(result.bound <= result.objective);
  CHECK(bound(problem) <= result.objective);
  CHECK(result.objective >= *oracle * (1 - 1e-6) - 1e-3);
  CHECK(result.objective <= *oracle * (1 + 1e-6) + rounding * pins_weight(problem));
}

}  // namespace

TEST_CASE("the proved wire of blocks tied by their centres is that of an integer program") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  for (std::uint64_t i = 0; i < 10; ++i) {
    const auto problem = test::random_problem({.blocks = 2 + i % 3, .centres = true}, Rng{11}.fork(i));
    INFO("problem " << i);
    check_against(problem, prove(problem, {}), test::least_wire_by_integers(problem));
  }
}

TEST_CASE("so it is with any pins, fixed points, gaps, turns and fixed blocks") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  for (std::uint64_t i = 0; i < 20; ++i) {
    const auto problem = test::random_problem({.blocks = 2 + i % 3}, Rng{12}.fork(i));
    INFO("problem " << i);
    check_against(problem, prove(problem, {}), test::least_wire_by_integers(problem));
  }
}

TEST_CASE("so it is with every way that three blocks can lie, tried one by one") {
  if (!milp::has_integer_programs()) return test::skip("this build has no solver of integer programs");
  for (std::uint64_t i = 0; i < 3; ++i) {
    const auto problem = test::random_problem({.blocks = 3, .centres = i == 0}, Rng{13}.fork(i));
    check_against(problem, prove(problem, {}), test::least_wire_by_trying(problem));
  }
}

TEST_CASE("the optimum of a system of six dies is the one that an integer program proved elsewhere") {
  const auto problem = dies_with_rings("multigpu");
  if (!problem) return test::skip("no bench cases");
  const auto result = prove(*problem, {});
  CHECK(result.proved);
  // CBC's optimum of the big-M program of the same system, on the whole 50 x 50 mm, in wires * mm.
  CHECK(result.objective / 1e6 == Approx(90536.96).margin(0.01));
  CHECK(result.bound == result.objective);
}

TEST_CASE("eight dies with like ones are proved, by any number of threads alike") {
  const auto problem = four_and_four();
  Options options;
  const auto one = prove(problem, options);
  options.threads = 4;
  const auto four = prove(problem, options);
  REQUIRE(one.proved);
  REQUIRE(four.proved);
  CHECK(one.objective == four.objective);
  CHECK(one.best->blocks == four.best->blocks);
  CHECK(one.steps == four.steps);
  CHECK(is_legal(problem, *one.best));
}

TEST_CASE("a proof that is stopped early has a bound below the optimum, and keeps what it was given") {
  const auto problem = four_and_four();
  const auto whole = prove(problem, {});
  Options options;
  for (const std::uint64_t steps : {1U, 20U, 200U}) {
    options.budget.steps = steps;
    const auto part = prove(problem, options, whole.best);
    CHECK(part.bound <= whole.objective);
    CHECK(part.bound > 0.8 * whole.objective);
    CHECK(part.objective == whole.objective);
    CHECK(part.best.has_value());
  }
  std::atomic<bool> stop{true};
  options.budget.stop = &stop;
  const auto nothing = prove(problem, options);
  CHECK_FALSE(nothing.proved);
  if (nothing.best) CHECK(is_legal(problem, *nothing.best));
  CHECK(nothing.bound <= whole.objective);
}

TEST_CASE("a floorplan that breaks a rule is not believed") {
  const auto problem = four_and_four();
  Floorplan heap;
  for (const auto& block : problem.blocks) {
    heap.blocks.push_back({});
    heap.sizes.push_back(block.size);
  }
  CHECK_FALSE(is_legal(problem, heap));
  const auto result = prove(problem, {}, heap);
  CHECK(result.objective > 0);
  CHECK(is_legal(problem, *result.best));
}

TEST_CASE("what cannot fit is proved not to fit") {
  Problem problem;
  problem.nets = {tied(0, 1, 1)};
  problem.blocks = {hard(6, 6), hard(6, 6)};
  const auto impossible = [&](Size outline) {
    problem.outline = outline;
    const auto result = prove(problem, {});
    return result.proved && !result.best;
  };
  CHECK(impossible({11, 6}));   // too small an area
  CHECK(impossible({5, 100}));  // no block is so narrow
  CHECK(impossible({11, 11}));  // room enough, but neither side by side nor one on the other
  CHECK_FALSE(impossible({12, 6}));
  problem.gap = 1;
  CHECK(impossible({12, 12}));
  problem.blocks[0].fixed = Placement{};
  problem.blocks[1].fixed = Placement{{6, 0}, {}};
  CHECK(impossible({20, 20}));  // fixed closer than the gap
}
