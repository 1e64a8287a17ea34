// Problems that no search can solve are seen beforehand, with what is missing; others pass.
#include "layout/fit.h"

#include <catch2/catch.hpp>

using namespace marquetry;
using namespace marquetry::layout;

namespace {

constexpr Nanometre mm = 1'000'000;

Problem two_dies(Size a, Size b) {
  Problem problem;
  problem.dies = {{.name = "a", .size = a}, {.name = "b", .size = b, .kind = 1}};
  problem.carrier.fixed = Size{10 * mm, 10 * mm};
  return problem;
}

std::vector<std::string> messages(const Problem& problem) {
  std::vector<std::string> out;
  for (const auto& obstacle : obstacles(problem)) out.push_back(obstacle.message);
  return out;
}

}  // namespace

TEST_CASE("dies that fit have no obstacle, to the last nanometre") {
  auto problem = two_dies({4 * mm, 9 * mm}, {4 * mm, 9 * mm});
  problem.edge = mm / 2;
  problem.gap = mm;
  CHECK(obstacles(problem).empty());  // 4 + 1 + 4 = 9 = 10 - 2 * 0.5
  problem.gap = mm + 1;
  REQUIRE(obstacles(problem).size() == 1);
  CHECK(obstacles(problem)[0].amount == 1);
}

TEST_CASE("a die that is too long says by how much, with ring and edge") {
  auto problem = two_dies({2 * mm, 2 * mm}, {3 * mm, 10 * mm});
  problem.dies[1].ring = mm / 10;
  problem.edge = mm / 2;
  CHECK(messages(problem) ==
        std::vector<std::string>{
            "die 'b' of 3 mm x 10 mm with its ring of 0.1 mm does not fit the carrier of 10 mm x 10 "
            "mm, 0.5 mm inside its edge: it is 1.2 mm too long"});
  CHECK(obstacles(problem)[0].hint == "make the carrier 1.2 mm larger");
  problem.dies[1].size = {10 * mm, 3 * mm};  // the other way round is no shorter
  CHECK(messages(problem).size() == 1);
}

TEST_CASE("too much area is a matter of all dies together") {
  Problem problem;
  for (std::size_t i = 0; i < 30; ++i)
    problem.dies.push_back({.name = "d" + std::to_string(i), .size = {2 * mm, 2 * mm}, .kind = i});
  problem.carrier.fixed = Size{10 * mm, 10 * mm};
  CHECK(messages(problem) ==
        std::vector<std::string>{
            "the dies need 120 mm2 with their rings and gaps, but the carrier of 10 mm x 10 mm has 100 "
            "mm2 for them: 20 mm2 too little"});
  problem.carrier.fixed.reset();
  CHECK(obstacles(problem).empty());
  problem.carrier.largest_area = 119e12;
  REQUIRE(obstacles(problem).size() == 1);
  CHECK(obstacles(problem)[0].constraint == "largest_area");
  CHECK(obstacles(problem)[0].amount == Approx(1e12));
}

TEST_CASE("two dies that fit alone but not together are named") {
  const auto problem = two_dies({6 * mm, 6 * mm}, {6 * mm, 5 * mm});
  CHECK(messages(problem) ==
        std::vector<std::string>{
            "dies 'a' and 'b' fit the carrier of 10 mm x 10 mm neither side by side nor one above the "
            "other: 1 mm are missing"});
}

TEST_CASE("alignments that contradict fixed places are named together") {
  auto problem = two_dies({2 * mm, 2 * mm}, {2 * mm, 2 * mm});
  problem.dies[0].fixed = Placement{{0, 0}, Rotation::r0};
  problem.dies[1].fixed = Placement{{5 * mm, 0}, Rotation::r0};
  CHECK(obstacles(problem).empty());
  problem.alignments.push_back({{0, 1}, Line::centre_y});
  CHECK(obstacles(problem).empty());
  problem.alignments.push_back({{0, 1}, Line::left});
  const auto found = obstacles(problem);
  REQUIRE(found.size() == 1);
  CHECK(found[0].constraint == "relations");
  CHECK(found[0].message ==
        "these rules contradict each other, 5 mm apart in x: the alignment of 'a' and 'b' (left); the fixed "
        "place of "
        "'a'; the fixed place of 'b'");
}

TEST_CASE("an abutment turns with its die, so that it contradicts only where the rotation is known") {
  auto problem = two_dies({2 * mm, 2 * mm}, {2 * mm, 2 * mm});
  problem.abutments = {{0, 1, Side::right}, {1, 0, Side::right}};
  CHECK(obstacles(problem).empty());  // one of them turned by 180 degrees
  problem.dies[0].rotations = problem.dies[1].rotations = 1;
  const auto found = obstacles(problem);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "these rules contradict each other, 4 mm apart in x: the abutment of 'a' to 'b'; the abutment of 'b' "
        "to 'a'");
}

TEST_CASE("fixed dies that overlap, or stand over the edge, are obstacles") {
  auto problem = two_dies({2 * mm, 2 * mm}, {2 * mm, 2 * mm});
  problem.dies[0].fixed = Placement{{0, 0}, Rotation::r0};
  problem.dies[1].fixed = Placement{{mm, mm}, Rotation::r0};
  CHECK(messages(problem) ==
        std::vector<std::string>{"dies 'a' and 'b' are fixed 1 mm too near to each other"});
  problem.dies[1].fixed = Placement{{9 * mm, 0}, Rotation::r0};
  REQUIRE(messages(problem).size() == 1);
  CHECK(messages(problem)[0].find("the edge of the carrier at 'b'") != std::string::npos);
}

TEST_CASE("a largest carrier may lie either way round") {
  auto problem = two_dies({12 * mm, 2 * mm}, {2 * mm, 2 * mm});
  problem.dies[0].rotations = problem.dies[1].rotations = 1;
  problem.carrier.fixed.reset();
  problem.carrier.largest = Size{4 * mm, 12 * mm};
  CHECK(obstacles(problem).empty());
  problem.carrier.fixed = problem.carrier.largest;
  CHECK_FALSE(obstacles(problem).empty());
}
