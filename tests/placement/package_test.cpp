// Packages with PHYs: memories beside their hosts, rules between dies, stacks, and packages that cannot be.
#include <catch2/catch.hpp>

#include "layout/legality.h"
#include "placement/place.h"
#include "placement/small_packages.h"

namespace {

using namespace marquetry;
using geometry::Side;
using layout::Line;
using placement::place;
using test::millimetre;

placement::Options with_steps(std::uint64_t steps) {
  placement::Options options;
  options.seconds = 60;
  options.steps = steps;
  return options;
}

void check_legal(const layout::Problem& problem, const placement::Result& result) {
  for (const auto& violation : result.violations) UNSCOPED_INFO(violation.rule << ": " << violation.message);
  REQUIRE(result.best);
  CHECK(layout::violations(problem, *result.best).empty());
}

}  // namespace

TEST_CASE("memories stand beside their host, and their PHYs face it") {
  const auto problem = test::host_with_memories(4);
  const auto result = place(problem, with_steps(4000));
  check_legal(problem, result);
  // Only the gap lies between: 1024 wires of 0.1 mm each.
  CHECK(*result.figures.phys == Approx(4 * 1024 * 0.1));
  CHECK(result.bound == Approx(4 * 1024 * 0.1));
  CHECK(result.proved);
  CHECK(result.best->phys.size() == 8);
  const auto host = layout::outline(*result.best, 0);
  for (std::size_t d = 1; d <= 4; ++d) {
    const auto rect = layout::outline(*result.best, d);
    const auto shared = geometry::common(host, rect);
    CHECK(std::max(-shared.width(), -shared.height()) == 100'000);
    CHECK(std::max(shared.width(), shared.height()) >= 6 * millimetre);
  }
  // The carrier goes round the dies.
  CHECK(result.best->carrier.width() == layout::bounding_box(*result.best).width() + millimetre);
}

TEST_CASE("memories stand in rows where that makes the package small") {
  // Six of 11 x 11 mm round a host of 32 x 25 mm: three on each long side are 33.2 x 47.2 mm.
  auto problem = test::host_with_memories(6);
  problem.dies[0].size = {32 * millimetre, 25 * millimetre};
  for (std::size_t d = 1; d <= 6; ++d) problem.dies[d].size = {11 * millimetre, 11 * millimetre};
  auto options = with_steps(16'000);
  options.weights = {.wire = 1, .area = 3};
  const auto result = place(problem, options);
  check_legal(problem, result);
  CHECK(*result.figures.phys == Approx(6 * 1024 * 0.1));
  CHECK(geometry::area(result.figures.box) == Approx(33.2e6 * 47.2e6));
}

TEST_CASE("a mesh of dies is laid out as one, from a picture of its links") {
  const auto problem = test::mesh(4, 3);
  const auto result = place(problem, with_steps(6000));
  check_legal(problem, result);
  CHECK(*result.figures.phys == Approx(17 * 128 * 0.2));
}

TEST_CASE("alignments, abutments and symmetry hold exactly") {
  auto problem = test::host_with_memories(4);
  SECTION("memories in one line") {
    problem.alignments.push_back({{1, 2}, Line::bottom});
    problem.alignments.push_back({{0, 3}, Line::centre_x});
  }
  SECTION("a memory that touches its host's right side") {
    problem.abutments.push_back({0, 1, Side::right});
    problem.dies[0].rotations = 0b0001;
  }
  SECTION("two pairs, the host and a wide die beside it, on one axis, in a box that they fill") {
    problem.dies.push_back({.name = "io", .size = {12 * millimetre, 10 * millimetre}, .kind = 2});
    problem.symmetries.push_back({.pairs = {{1, 2}, {3, 4}}, .alone = {0, 5}});
  }
  SECTION("pairs of memories to the left and right of the host's axis") {
    problem.symmetries.push_back({.vertical = true, .pairs = {{1, 2}, {3, 4}}, .alone = {0}});
  }
  check_legal(problem, place(problem, with_steps(4000)));
}

TEST_CASE("fixed dies, keep-outs and pairs with a gap of their own are kept") {
  auto problem = test::host_with_memories(3);
  problem.carrier.fixed = geometry::Size{45 * millimetre, 45 * millimetre};
  problem.dies[0].fixed = geometry::Placement{{12 * millimetre, 12 * millimetre}, geometry::Rotation::r90};
  problem.keep_outs.push_back(
      {"capacitor", {{33 * millimetre, 12 * millimetre}, {45 * millimetre, 32 * millimetre}}});
  problem.gaps.push_back({0, 1, 700'000});
  const auto result = place(problem, with_steps(4000));
  check_legal(problem, result);
  CHECK(result.best->dies[0] == *problem.dies[0].fixed);
}

TEST_CASE("keep-outs may reach over the edge of the carrier, touch each other and be thin") {
  auto problem = test::host_with_memories(3);
  problem.carrier.fixed = geometry::Size{60 * millimetre, 50 * millimetre};
  problem.edge = GENERATE(geometry::Nanometre{0}, millimetre);
  problem.gap = millimetre / 2;
  problem.keep_outs = {
      {"left", {{-2 * millimetre, 0}, {5 * millimetre, 50 * millimetre}}},
      {"below", {{0, 0}, {60 * millimetre, 4 * millimetre}}},
      {"corner", {{52 * millimetre, 42 * millimetre}, {80 * millimetre, 70 * millimetre}}},
      {"rail", {{0, 49 * millimetre}, {60 * millimetre, 49 * millimetre + millimetre / 4}}},
      {"in the margin", {{0, 20 * millimetre}, {millimetre / 2, 30 * millimetre}}},
      {"outside", {{70 * millimetre, 0}, {80 * millimetre, 5 * millimetre}}},
  };
  check_legal(problem, place(problem, with_steps(4000)));
}

TEST_CASE("a stacked die stands on its parent and turns with it") {
  auto problem = test::host_with_memories(2);
  problem.dies.push_back({.name = "cache", .size = {12 * millimetre, 9 * millimetre}, .kind = 2, .on = 0});
  problem.dies.push_back({.name = "cache too", .size = {5 * millimetre, 9 * millimetre}, .kind = 3, .on = 0});
  const auto result = place(problem, with_steps(3000));
  check_legal(problem, result);
  const auto host = layout::outline(*result.best, 0);
  CHECK(geometry::contains(host, layout::outline(*result.best, 3)));
  CHECK(geometry::contains(host, layout::outline(*result.best, 4)));
}

TEST_CASE("a die may stand over the edge of its parent, and its neighbours keep clear of it") {
  auto problem = test::host_with_memories(2);
  problem.dies.push_back({.name = "bar",
                          .size = {30 * millimetre, 5 * millimetre},
                          .kind = 2,
                          .on = 0,
                          .overhang = 6 * millimetre});
  const auto result = place(problem, with_steps(4000));
  check_legal(problem, result);
  const auto host = layout::outline(*result.best, 0), bar = layout::outline(*result.best, 3);
  CHECK_FALSE(geometry::contains(host, bar));
  CHECK(*result.figures.phys == Approx(2 * 1024 * 0.1));
}

TEST_CASE("bridged links get their bridges") {
  auto problem = test::host_with_memories(3);
  problem.bridges = {.least = {2 * millimetre, 2 * millimetre},
                     .largest = {8 * millimetre, 12 * millimetre},
                     .under_die = millimetre,
                     .gap = 30'000};
  for (auto& link : problem.links) link.phy->bridged = true;
  const auto result = place(problem, with_steps(4000));
  check_legal(problem, result);
  CHECK(result.best->bridges.size() >= 3);
}

TEST_CASE("a package that cannot be is a result with reasons") {
  auto problem = test::host_with_memories(3);
  std::string rule;
  SECTION("no room for the memories beside the host") {
    problem.carrier.fixed = geometry::Size{26 * millimetre, 26 * millimetre};
  }
  SECTION("lines that contradict each other") {
    problem.alignments.push_back({{1, 2}, Line::left});
    problem.alignments.push_back({{1, 2}, Line::bottom});
  }
  SECTION("a host with too little edge for the PHYs") { problem.dies[0].corner = 8 * millimetre; }
  const auto result = place(problem, with_steps(1500));
  CHECK_FALSE(result.best);
  CHECK_FALSE(result.proved);
  REQUIRE_FALSE(result.violations.empty());
  for (const auto& violation : result.violations) {
    CHECK_FALSE(violation.rule.empty());
    CHECK_FALSE(violation.message.empty());
  }
  CHECK(result.nearest.dies.size() == problem.dies.size());
}

TEST_CASE("cost and area are objectives too") {
  const auto problem = test::host_with_memories(4);
  auto options = with_steps(30'000);
  options.weights = {.wire = 0.001, .cost = 1};
  options.cost = [](geometry::Size size) { return geometry::area(size) / 1e12 * 0.05; };
  const auto result = place(problem, options);
  check_legal(problem, result);
  const auto size = result.best->carrier;
  CHECK(result.objective ==
        Approx(0.001 * *result.figures.phys + options.cost({size.width(), size.height()})));
  CHECK(result.bound <= result.objective);
  // Two memories on each of two sides, their 11 mm outwards: 42.2 x 20 mm.
  CHECK(geometry::area(result.figures.box) == Approx(42.2e6 * 20e6));
}
