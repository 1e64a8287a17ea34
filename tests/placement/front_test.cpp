// Wire against temperature: the front of one run, and the spread step it rests on.
#include <catch2/catch.hpp>

#include "floorplan/anneal.h"
#include "floorplan/exact.h"
#include "floorplan/legal.h"
#include "layout/wire.h"
#include "placement/place.h"
#include "placement/random_system.h"
#include "placement/stretch.h"

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
