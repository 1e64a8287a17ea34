// The archive against counted fronts: every choice of a small space, by brute force.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "pareto/archive.h"
#include "pareto/toy_space.h"
#include "support/golden.h"
#include "support/performance_golden.h"

using namespace marquetry;

namespace {

constexpr double most_choices = 1e7;

std::size_t front_size(const test::Toy& toy, const test::ToySpace& space, const test::ToyFront& caps) {
  solver::Archive archive{3};
  std::vector<std::size_t> at(space.domains.size());
  std::vector<double> choice;
  for (const auto& domain : space.domains) choice.push_back(domain.front());
  for (std::uint64_t id = 0;; ++id) {
    const auto [time, cost, power] = test::toy_objectives(toy, choice);
    if (power <= caps.power_cap && cost <= caps.cost_cap) {
      solver::Point point{.id = id};
      point.costs[0] = time;
      point.costs[1] = cost;
      point.costs[2] = power;
      archive.insert(point);
    }
    std::size_t v = at.size();
    while (v > 0) {
      --v;
      at[v] = at[v] + 1 == space.domains[v].size() ? 0 : at[v] + 1;
      choice[v] = space.domains[v][at[v]];
      if (at[v] != 0) break;
      if (v == 0) return archive.size();
    }
  }
}

}  // namespace

TEST_CASE("the archive holds as many points as the exact front of the space has") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of the performance");
  std::size_t counted = 0;
  for (const auto* entry : golden->of(test::PerformanceSchema::toy_space)) {
    const auto toy = test::read_toy(entry->data);
    for (const auto& front : toy.fronts) {
      const auto space = std::find_if(toy.spaces.begin(), toy.spaces.end(),
                                      [&](const auto& s) { return s.name == front.space; });
      CAPTURE(entry->name, front.space, front.power_cap, front.cost_cap);
      REQUIRE(space != toy.spaces.end());
      if (space->size() > most_choices) {
        WARN("not counted, for its size: " << front.space << " has " << space->size() << " choices");
        continue;
      }
      CHECK(front_size(toy, *space, front) == front.points);
      ++counted;
    }
  }
  if (counted == 0) test::skip("no space small enough among them");
}
