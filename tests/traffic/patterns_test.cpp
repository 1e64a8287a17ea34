// Patterns of traffic: what each must be for every number of nodes, and worked examples.
#include "traffic/patterns.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

namespace marquetry::traffic {
namespace {

Traffic make(std::string_view name, std::uint32_t nodes, PatternArguments arguments = {}) {
  const auto* row = find_pattern(name);
  REQUIRE(row != nullptr);
  std::string why;
  auto made = row->make(nodes, arguments, why);
  INFO(why);
  REQUIRE(made);
  return *made;
}

std::string refusal(std::string_view name, std::uint32_t nodes, PatternArguments arguments = {}) {
  const auto* row = find_pattern(name);
  REQUIRE(row != nullptr);
  std::string why;
  CHECK_FALSE(row->make(nodes, arguments, why));
  return why;
}

TEST_CASE(
    "whatever the pattern, a node sends as much as the load says, or less by what it would send itself") {
  for (const auto& row : patterns()) {
    for (const std::uint32_t nodes : {2u, 4u, 6u, 9u, 16u, 17u, 64u, 100u}) {
      for (const bool self : {false, true}) {
        PatternArguments arguments{.spots = {1}, .includes_self = self};
        for (std::uint32_t s = 0; s < nodes; ++s) arguments.targets.push_back((s + 1) % nodes);
        arguments.weights.assign(std::size_t{nodes} * nodes, 1.0 / nodes);
        std::string why;
        const auto made = row.make(nodes, arguments, why);
        INFO(row.name << " " << nodes << " " << why);
        REQUIRE(made.has_value() == why.empty());
        if (!made) continue;
        CHECK(made->nodes == nodes);
        const auto weights = matrix(*made);
        CHECK(sends(*made) == std::ranges::any_of(weights, [](double w) { return w > 0; }));
        for (std::uint32_t s = 0; s < nodes; ++s) {
          const auto begin = weights.begin() + s * nodes;
          const double sum = std::accumulate(begin, begin + nodes, 0.0);
          CHECK(sum <= 1 + 1e-12);
          if (self) CHECK(sum == Approx(1));
        }
      }
    }
  }
}

TEST_CASE("permutations reach every node once") {
  for (const auto name : {"transpose", "bit-complement", "bit-reverse", "shuffle", "tornado", "neighbour",
                          "random-permutation"}) {
    const auto made = make(name, 64, {.includes_self = true});
    CHECK(made.kind == Kind::permutation);
    CHECK(std::set<std::uint32_t>{made.target.begin(), made.target.end()}.size() == 64);
  }
}

TEST_CASE("patterns of bits: worked by hand on 16 nodes") {
  CHECK(make("transpose", 16).target[0b0110] == 0b1001);
  CHECK(make("bitcomp", 16).target[0b0110] == 0b1001);
  CHECK(make("bitrev", 16).target[0b0010] == 0b0100);
  CHECK(make("shuffle", 16).target[0b1010] == 0b0101);
}

TEST_CASE("patterns of digits: worked by hand on 4 x 4 and on a row of 5") {
  CHECK(make("tornado", 16).target[0] == 1 + 4);  // by (4 + 1) / 2 - 1 = 1 in each dimension
  CHECK(make("neighbor", 16).target[15] == 0);    // round both ends
  CHECK(make("tornado", 5).target[4] == 1);       // by 2 on the ring of five
  CHECK(make("neighbour", 64, {.radix = 4, .dimensions = 3}).target[3] == 0 + 4 + 16);
  CHECK_THAT(refusal("tornado", 12, {.radix = 5, .dimensions = 2}), Catch::Contains("are not 12 nodes"));
}

TEST_CASE("hot spots take their shares by their rates") {
  const auto made = make("hotspot", 8, {.spots = {2, 5}, .rates = {3, 1}});
  const auto weights = matrix(made);
  CHECK(weights[7 * 8 + 2] == 0.75);
  CHECK(weights[7 * 8 + 5] == 0.25);
  CHECK(make("hotspot", 8, {.spots = {2}, .rates = {7}}).spots.size() == 1);
  CHECK_THAT(refusal("hotspot", 8, {.spots = {8}}), Catch::Contains("8 is no node"));
  CHECK_THAT(refusal("hotspot", 8), Catch::Contains("needs the list of its spots"));
  CHECK_THAT(refusal("hotspot", 8, {.spots = {1, 2}, .rates = {0, 1}}),
             Catch::Contains("whole numbers from 1"));
}

TEST_CASE("a random permutation is the seed's own") {
  CHECK(make("randperm", 64, {.seed = 3}).target == make("randperm", 64, {.seed = 3}).target);
  CHECK(make("randperm", 64, {.seed = 3}).target != make("randperm", 64, {.seed = 4}).target);
}

TEST_CASE("nobody sends where each is its own target, or all weights are nothing") {
  CHECK_FALSE(sends(make("permutation", 2, {.targets = {0, 1}})));
  CHECK(sends(make("permutation", 2, {.targets = {0, 1}, .includes_self = true})));
  CHECK_THAT(refusal("matrix", 2, {.weights = {0, 0, 0, 0}}), Catch::Contains("nobody sends anything"));
  CHECK_THAT(refusal("matrix", 2, {.weights = {0, -1, 0, 0}}), Catch::Contains("numbers from 0"));
  CHECK_THAT(refusal("matrix", 2, {.weights = {1}}), Catch::Contains("2 nodes need 4"));
}

}  // namespace
}  // namespace marquetry::traffic
