// Wire against temperature: the front of one run, and the spread step it rests on.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "floorplan/anneal.h"
#include "floorplan/exact.h"
#include "floorplan/legal.h"
#include "layout/wire.h"
#include "placement/place.h"
#include "placement/random_system.h"
#include "placement/stretch.h"
#include "thermal/heat.h"
#include "thermal/placed.h"
#include "thermal/random_dies.h"

namespace {

using namespace marquetry;

layout::Problem heated(std::size_t dies, std::uint64_t seed) {
  auto problem = test::random_system(dies, Rng{seed});
  problem.plate = layout::Plate{.width = 0.06,
                                .height = 0.06,
                                .thickness = 0.005,
                                .conductivity = 400,
                                .transfer = 2800,
                                .contact = 1e-5};
  return problem;
}

placement::Options with_steps(std::uint64_t steps) {
  placement::Options options;
  options.seconds = 60;
  options.steps = steps;
  return options;
}

}  // namespace

TEST_CASE("a front is legal, and none of its layouts is beaten by another") {
  const auto problem = heated(5, 4);
  auto options = with_steps(4000);
  options.front = true;
  const auto result = placement::place(problem, options);
  REQUIRE(result.best);
  REQUIRE(result.front.size() >= 5);
  for (std::size_t k = 0; k < result.front.size(); ++k) {
    const auto& [layout, figures] = result.front[k];
    CHECK(layout::violations(problem, layout).empty());
    CHECK(*figures.transport == Approx(*layout::clump_transport(problem, layout) / 1e6));
    REQUIRE(figures.peak);
    if (k == 0) continue;
    const auto& before = result.front[k - 1].figures;
    CHECK(*figures.transport >= *before.transport);
    CHECK(*figures.peak < *before.peak);
  }
  // It begins no worse than the shortest layout, in both figures.
  CHECK(*result.front.front().figures.transport <= result.objective * (1 + 1e-9));
  CHECK(*result.front.front().figures.peak <= *result.figures.peak + 1e-9);
  options.threads = 2;
  const auto again = placement::place(problem, options);
  REQUIRE(again.front.size() == result.front.size());
  CHECK(again.front.back().layout.dies == result.front.back().layout.dies);
}

TEST_CASE("the front of a section has the grid's temperatures, which the search knew well") {
  Rng rng{2};
  layout::Problem problem;
  while (problem.dies.size() != 5) problem = test::hot_dies(rng);
  for (std::size_t d = 1; d < problem.dies.size(); ++d)
    problem.links.push_back({.name = "l" + std::to_string(d), .a = 0, .b = d, .wires = 100});
  auto options = with_steps(500);
  options.front = true;
  options.metric = placement::Metric::centre;
  const auto result = placement::place(problem, options);
  REQUIRE(result.best);
  REQUIRE(result.front.size() >= 5);
  double apart = 0;
  for (std::size_t k = 0; k < result.front.size(); k += 5) {
    const auto& [layout, figures] = result.front[k];
    CHECK(layout::violations(problem, layout).empty());
    std::vector<geometry::Rect> rects;
    for (std::size_t d = 0; d < layout.dies.size(); ++d) rects.push_back(layout::outline(layout, d));
    const auto stack = thermal::placed_stack(problem, rects, layout.carrier, layout.package);
    const auto heat = thermal::steady(stack, {}, {.tolerance = 1e-4});
    double hottest = 0;
    for (const auto& b : heat.blocks)
      if (stack.layers[b.layer].heats) hottest = std::max(hottest, b.peak - 273.15);
    REQUIRE(figures.peak);
    CHECK(*figures.peak_bound <= 5e-3);
    CHECK(std::abs(*figures.peak - hottest) <= *figures.peak_bound + 1e-4);
    CHECK(*std::ranges::max_element(figures.dies) == *figures.peak);
    apart += std::abs(*figures.peak_estimate - *figures.peak);
    if (k == 0) continue;
    CHECK(*figures.centre >= *result.front[k - 1].figures.centre);
    CHECK(*figures.peak < *result.front[k - 1].figures.peak);
  }
  CHECK(apart / (static_cast<double>(result.front.size()) / 5) < 0.25);
  options.threads = 2;
  const auto again = placement::place(problem, options);
  REQUIRE(again.front.size() == result.front.size());
  CHECK(again.front.back().layout.dies == result.front.back().layout.dies);
  CHECK(*again.front.back().figures.peak == *result.front.back().figures.peak);
}

TEST_CASE("where the temperature counts, the sum is that of the grid") {
  Rng rng{6};
  auto problem = test::hot_dies(rng);
  problem.links.push_back({.name = "l", .a = 0, .b = 1, .wires = 10});
  auto options = with_steps(600);
  options.metric = placement::Metric::centre;
  const auto shortest = placement::place(problem, options);
  CHECK_FALSE(shortest.figures.peak_estimate);  // nobody asked for one
  options.weights.temperature = 1e4;
  const auto coolest = placement::place(problem, options);
  REQUIRE(shortest.best);
  REQUIRE(coolest.best);
  CHECK(*coolest.figures.peak < *shortest.figures.peak);
  CHECK(coolest.objective ==
        Approx(*coolest.figures.centre + 1e4 * (*coolest.figures.peak - problem.ambient)));
  CHECK(std::abs(*coolest.figures.peak_estimate - *coolest.figures.peak) < 0.5);
}

TEST_CASE("a carrier that follows its dies is foreseen within two kelvins") {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    Rng rng{seed};
    auto problem = test::hot_dies(rng);
    problem.carrier.fixed.reset();
    problem.edge = 500'000;
    problem.links.push_back({.name = "l", .a = 0, .b = 1, .wires = 10});
    auto options = with_steps(300);
    options.metric = placement::Metric::centre;
    options.weights.area = 1;
    options.weights.temperature = 100;
    const auto result = placement::place(problem, options);
    REQUIRE(result.best);
    CHECK(*result.figures.peak_bound <= 5e-3);
    CHECK(std::abs(*result.figures.peak_estimate - *result.figures.peak) < 2);
  }
}

TEST_CASE("a weight on the temperature gives a cooler layout") {
  const auto problem = heated(5, 8);
  auto options = with_steps(2000);
  const auto shortest = placement::place(problem, options);
  options.weights.temperature = 1e6;
  const auto coolest = placement::place(problem, options);
  REQUIRE(shortest.best);
  REQUIRE(coolest.best);
  CHECK(*coolest.figures.peak < *shortest.figures.peak);
  CHECK(*coolest.figures.transport >= *shortest.figures.transport);
}

TEST_CASE("blocks that are spread keep their relations, and every part of the way does") {
  for (std::uint64_t k = 0; k < 40; ++k) {
    Rng rng = Rng{21}.fork(k);
    floorplan::Problem problem{.gap = 100, .outline = geometry::Size{90'000, 90'000}};
    for (std::uint64_t b = 0; b < 2 + k % 7; ++b) {
      const auto side = [&] { return static_cast<geometry::Nanometre>(3000 + rng.below(9000)); };
      problem.blocks.push_back({.size = {side(), side()}, .kind = b});
    }
    const auto frame = floorplan::frame(problem);
    floorplan::Packer packer{frame};
    auto plan = floorplan::random_plan(frame, rng);
    const floorplan::Wish together{plan.x, plan.y}, apart = placement::stretched(packer, plan);
    for (const double part : {0.3, 0.5, 1.0}) {
      const auto wish = placement::between(together, apart, part);
      packer.keep(plan, wish);
      CHECK(floorplan::is_legal(problem, floorplan::floorplan_of(frame, plan)));
      // Nothing but rounding is left to mend.
      for (std::size_t b = 0; b < plan.x.size(); ++b) {
        CHECK(std::abs(plan.x[b] - wish.x[b]) <= 20);
        CHECK(std::abs(plan.y[b] - wish.y[b]) <= 20);
      }
    }
  }
}
