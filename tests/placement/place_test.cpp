// Dies with bump clumps, and floorplans of nets: legal, no worse than a plain start, above their bounds, and
// the same again.
#include "placement/place.h"

#include <catch2/catch.hpp>

#include "layout/wire.h"
#include "placement/objective.h"
#include "placement/random_system.h"

namespace {

using namespace marquetry;
using placement::Metric;
using placement::place;

placement::Options with_steps(std::uint64_t steps) {
  placement::Options options;
  options.seconds = 60;
  options.steps = steps;
  return options;
}

// Dies in the middle of the cells of a square grid.
std::optional<layout::Layout> on_a_grid(const layout::Problem& problem) {
  layout::Layout made;
  const auto cells = static_cast<geometry::Nanometre>(std::ceil(std::sqrt(problem.dies.size())));
  const auto whole = *problem.carrier.fixed;
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto k = static_cast<geometry::Nanometre>(d);
    const auto size = problem.dies[d].size;
    const geometry::Point low{(2 * (k % cells) + 1) * whole.width / (2 * cells) - size.width / 2,
                              (2 * (k / cells) + 1) * whole.height / (2 * cells) - size.height / 2};
    made.dies.push_back({low, geometry::Rotation::r0});
    made.sizes.push_back(size);
  }
  made.carrier = made.package = {{}, {whole.width, whole.height}};
  return layout::violations(problem, made).empty() ? std::optional{made} : std::nullopt;
}

}  // namespace

TEST_CASE("random systems of clumps are placed legally, above their bound and no worse than on a grid") {
  int on_grids = 0;
  for (std::uint64_t k = 0; k < 12; ++k) {
    const auto problem = test::random_system(2 + k % 5, Rng{11}.fork(k));
    const auto result = place(problem, with_steps(1200));
    INFO("system " << k);
    REQUIRE(result.best);
    CHECK(layout::violations(problem, *result.best).empty());
    CHECK(result.minimised == "transport wire in mm");
    CHECK(result.objective == Approx(*layout::clump_transport(problem, *result.best) / 1e6));
    CHECK(result.objective == Approx(*result.figures.transport));
    CHECK(result.bound > 0);
    const auto blocks = placement::blocks(problem);
    CHECK(placement::wire_bound(problem, blocks, Metric::transport) <= result.objective * (1 + 1e-9));
    CHECK(placement::wire_bound(problem, blocks, Metric::centre) <= *result.figures.centre * (1 + 1e-9));
    const auto grid = on_a_grid(problem);
    if (!grid) continue;
    ++on_grids;
    CHECK(result.objective <= *layout::clump_transport(problem, *grid) / 1e6);
    CHECK(placement::wire_bound(problem, blocks, Metric::centre) * 1e6 <=
          layout::centre_to_centre(problem, *grid));
  }
  CHECK(on_grids > 0);
}

TEST_CASE("two dies side by side reach the bound of their clumps") {
  // Clumps hold all wires, in the middle of the ring: twice half a ring of 0.09 mm between them, gap 0.
  layout::Problem problem;
  for (const auto* name : {"a", "b"}) {
    layout::Die die{.name = name, .size = {5'000'000, 8'000'000}, .ring = 90'000};
    die.clumps.emplace().fill({1000, 45'000});
    problem.dies.push_back(die);
  }
  problem.links.push_back({.a = 0, .b = 1, .wires = 200});
  problem.carrier.fixed = geometry::Size{20'000'000, 20'000'000};
  const auto result = place(problem, with_steps(500));
  REQUIRE(result.best);
  CHECK(result.objective == Approx(200 * 0.09));
  CHECK(result.bound == Approx(200 * 0.09));
  CHECK(result.proved);
}

TEST_CASE("the same steps and seed give the same layout for any number of threads") {
  const auto problem = test::random_system(6, Rng{5});
  auto options = with_steps(2000);
  const auto one = place(problem, options);
  options.threads = 3;
  const auto three = place(problem, options);
  REQUIRE(one.best);
  CHECK(one.best->dies == three.best->dies);
  CHECK(one.objective == three.objective);
  CHECK(one.steps == three.steps);
  options.seed = 2;
  CHECK(place(problem, options).best);
}

TEST_CASE("the least wire between centres is proved on request") {
  const auto problem = test::random_system(3, Rng{3});
  auto options = with_steps(2000);
  options.metric = Metric::centre;
  options.exact = true;
  const auto result = place(problem, options);
  REQUIRE(result.best);
  CHECK(result.proved);
  CHECK(result.bound == Approx(result.objective));
  CHECK(result.objective == Approx(*result.figures.centre));
  options.metric = Metric::transport;
  const auto other = place(problem, options);
  CHECK(*other.figures.centre >= result.objective * (1 - 1e-9));
}

TEST_CASE("dies and nets alone are a floorplan") {
  layout::Problem problem;
  Rng rng{9};
  for (std::size_t d = 0; d < 8; ++d) {
    const auto side = [&] { return static_cast<geometry::Nanometre>(1000 * (10 + rng.below(20))); };
    problem.dies.push_back({.name = "b" + std::to_string(d), .size = {side(), side()}, .kind = d});
  }
  for (std::size_t k = 0; k < 12; ++k) {
    layout::Net net;
    for (int p = 0; p < 3; ++p) net.pins.push_back({.die = rng.below(8), .at_centre = true});
    problem.nets.push_back(net);
  }
  SECTION("for wire, in a fixed outline with keep-outs and a gap of 100 nm") {
    problem.carrier.fixed = geometry::Size{90'000, 90'000};
    problem.gap = 100;
    problem.keep_outs.push_back({"corner", {{0, 0}, {9'000, 9'000}}});
    problem.keep_outs.push_back({"post", {{50'000, 50'000}, {50'050, 50'050}}});
    const auto result = place(problem, with_steps(30'000));
    REQUIRE(result.best);
    CHECK(layout::violations(problem, *result.best).empty());
    CHECK(result.objective == Approx(layout::half_perimeter(problem, *result.best) / 1e6));
  }
  SECTION("for area, on a carrier as small as it can be") {
    auto options = with_steps(30'000);
    options.weights = {.wire = 0, .area = 1};
    problem.edge = 500;
    const auto result = place(problem, options);
    REQUIRE(result.best);
    CHECK(layout::violations(problem, *result.best).empty());
    CHECK(result.objective == Approx(geometry::area(result.best->carrier) / 1e12));
    CHECK(result.bound <= result.objective);
    CHECK(result.figures.dead_space < 0.25);
  }
}

TEST_CASE("what cannot be placed is a result with reasons") {
  auto problem = test::random_system(3, Rng{1});
  SECTION("dies that are larger than the carrier") {
    problem.carrier.fixed = geometry::Size{3'000'000, 3'000'000};
    const auto result = place(problem, with_steps(300));
    CHECK_FALSE(result.best);
    CHECK(result.nearest.dies.size() == 3);
    REQUIRE_FALSE(result.violations.empty());
    CHECK_FALSE(result.violations.front().message.empty());
  }
  SECTION("a die that stands on itself") {
    problem.dies[0].on = 0;
    const auto result = place(problem, with_steps(300));
    CHECK_FALSE(result.best);
    CHECK_FALSE(result.violations.empty());
  }
  SECTION("no dies at all are a layout") { CHECK(place(layout::Problem{}, with_steps(10)).best); }
}

TEST_CASE("wires that no clumps can hold are measured between centres") {
  auto problem = test::random_system(3, Rng{6});
  for (auto& link : problem.links) link.wires = 1e6;
  const auto result = place(problem, with_steps(300));
  CHECK(result.minimised == "centre wire in mm");
  CHECK_FALSE(result.figures.transport);
}

TEST_CASE("hundreds of dies are placed legally") {
  const auto problem = test::random_system(150, Rng{12});
  const auto result = place(problem, with_steps(60'000));
  REQUIRE(result.best);
  CHECK(layout::violations(problem, *result.best).empty());
  CHECK(result.bound <= result.objective);
}

TEST_CASE("no layout of random dies, legal by chance, goes below the bounds of the wire") {
  int legal = 0;
  for (std::uint64_t k = 0; k < 3000; ++k) {
    Rng rng = Rng{31}.fork(k);
    const auto problem = test::random_system(2, rng.fork(0));
    layout::Layout made;
    for (const auto& die : problem.dies) {
      const auto turn = geometry::rotations[rng.below(4)];
      const auto size = geometry::turned(die.size, turn);
      const auto spot = [&](geometry::Nanometre whole, geometry::Nanometre side) {
        const auto least = problem.edge + die.ring, room = whole - side - 2 * least;
        return least + static_cast<geometry::Nanometre>(
                           rng.below(static_cast<std::uint64_t>(std::max<geometry::Nanometre>(1, room))));
      };
      made.dies.push_back(
          {{spot(problem.carrier.fixed->width, size.width), spot(problem.carrier.fixed->height, size.height)},
           turn});
      made.sizes.push_back(die.size);
    }
    made.carrier = made.package = {{}, {problem.carrier.fixed->width, problem.carrier.fixed->height}};
    if (!layout::violations(problem, made).empty()) continue;
    ++legal;
    const auto blocks = placement::blocks(problem);
    CHECK(placement::wire_bound(problem, blocks, Metric::centre) * 1e6 <=
          layout::centre_to_centre(problem, made) * (1 + 1e-12));
    const auto wire = layout::clump_transport(problem, made);
    if (wire) CHECK(placement::wire_bound(problem, blocks, Metric::transport) * 1e6 <= *wire * (1 + 1e-12));
  }
  CHECK(legal > 20);
}

TEST_CASE("a search that is told to stop ends with what it has") {
  const std::atomic<bool> stop{true};
  std::atomic<std::uint64_t> done{};
  auto options = with_steps(0);
  options.stop = &stop;
  options.done = &done;
  const auto result = place(test::random_system(5, Rng{2}), options);
  CHECK(result.seconds < 5);
  CHECK(result.steps < 10'000);
}
