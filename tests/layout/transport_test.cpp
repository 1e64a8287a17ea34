// The transport program against its own conditions and against GLPK, on systems drawn at random.
#include "layout/transport.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/rng.h"
#include "milp/milp.h"

using namespace marquetry;

namespace {

struct Drawn {
  std::vector<layout::ClumpCapacities> capacities{};
  std::vector<layout::Bundle> bundles{};
  std::vector<layout::ClumpPoints> at{};
};

// Dies of a few millimetres at random, joined at random, with room that ranges from plenty to too little.
Drawn drawn(Rng rng) {
  Drawn system;
  const std::size_t dies = 2 + rng.below(5);
  const std::uint64_t slack = rng.below(4);
  for (std::size_t d = 0; d < dies; ++d) {
    const double x = static_cast<double>(rng.below(40)), y = static_cast<double>(rng.below(40)),
                 w = static_cast<double>(1 + rng.below(8)), h = static_cast<double>(1 + rng.below(8));
    system.at.push_back({{{x, y - h}, {x + w, y}, {x, y + h}, {x - w, y}}});
    layout::ClumpCapacities capacity{};
    for (auto& c : capacity) c = static_cast<double>(rng.below(40) + slack * 20);
    system.capacities.push_back(capacity);
  }
  const std::size_t links = 1 + rng.below(7);
  for (std::size_t l = 0; l < links; ++l) {
    const std::size_t a = rng.below(dies);
    system.bundles.push_back(
        {a, (a + 1 + rng.below(dies - 1)) % dies, static_cast<double>(1 + rng.below(60))});
  }
  return system;
}

}  // namespace

namespace {

// The same program, a variable a pair of clumps, by GLPK.
milp::Solution by_glpk(const Drawn& system) {
  milp::Model model;
  std::vector<std::array<milp::Row, 4>> clumps(system.capacities.size());
  std::vector<milp::Row> demands;
  for (const auto& b : system.bundles) {
    milp::Row demand{.low = b.wires, .high = b.wires};
    for (std::size_t j = 0; j < 16; ++j) {
      const auto &p = system.at[b.a][j / 4], &q = system.at[b.b][j % 4];
      const std::size_t v = model.variables.size();
      model.variables.push_back({.cost = std::abs(p.x - q.x) + std::abs(p.y - q.y)});
      demand.terms.push_back({v});
      clumps[b.a][j / 4].terms.push_back({v});
      clumps[b.b][j % 4].terms.push_back({v});
    }
    model.rows.push_back(demand);
  }
  for (std::size_t d = 0; d < clumps.size(); ++d) {
    for (std::size_t s = 0; s < 4; ++s) {
      clumps[d][s].high = system.capacities[d][s];
      model.rows.push_back(clumps[d][s]);
    }
  }
  return milp::solve(model);
}

}  // namespace

TEST_CASE("the transport's least cost is GLPK's, and it refuses what GLPK refuses") {
  int solved = 0, refused = 0;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const auto system = drawn(Rng{99}.fork(i));
    const auto ours = layout::Transport{system.capacities, system.bundles}.cost(system.at);
    const auto theirs = by_glpk(system);
    REQUIRE((theirs.status == milp::Status::optimal || theirs.status == milp::Status::infeasible));
    REQUIRE(ours.has_value() == (theirs.status == milp::Status::optimal));
    if (ours) CHECK(*ours == Approx(theirs.objective).epsilon(1e-9));
    ours ? ++solved : ++refused;
  }
  CHECK(solved > 100);
  CHECK(refused > 50);
}

TEST_CASE("the transport's flows carry every wire within every capacity, at the cost it names") {
  int solved = 0, refused = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const auto system = drawn(Rng{2026}.fork(i));
    layout::Transport transport{system.capacities, system.bundles};
    const auto cost = transport.cost(system.at);
    std::vector<double> wires(system.capacities.size());
    for (const auto& b : system.bundles) wires[b.a] += b.wires, wires[b.b] += b.wires;
    if (!cost) {
      ++refused;
      continue;
    }
    ++solved;
    auto left = system.capacities;
    double sum = 0;
    for (std::size_t l = 0; l < system.bundles.size(); ++l) {
      const auto& b = system.bundles[l];
      const auto flow = transport.flow(l);
      CHECK(std::accumulate(flow.begin(), flow.end(), 0.0) == Approx(b.wires));
      for (std::size_t j = 0; j < 16; ++j) {
        const auto &p = system.at[b.a][j / 4], &q = system.at[b.b][j % 4];
        sum += flow[j] * (std::abs(p.x - q.x) + std::abs(p.y - q.y));
        left[b.a][j / 4] -= flow[j];
        left[b.b][j % 4] -= flow[j];
      }
    }
    for (const auto& die : left) {
      for (const double room : die) CHECK(room > -1e-6);
    }
    CHECK(sum == Approx(*cost));
    CHECK(*cost >= layout::transport_bound(system.bundles, system.at) * (1 - 1e-12));
    layout::Transport roomy{std::vector<layout::ClumpCapacities>(wires.size(), {1e6, 1e6, 1e6, 1e6}),
                            system.bundles};
    CHECK(*roomy.cost(system.at) == Approx(layout::transport_bound(system.bundles, system.at)));
  }
  CHECK(solved > 150);
  CHECK(refused > 50);
}

TEST_CASE("a transport that is asked again answers as a new one does") {
  const auto system = drawn(Rng{7}.fork(3));
  layout::Transport used{system.capacities, system.bundles};
  Rng rng{11};
  auto at = system.at;
  for (int i = 0; i < 50; ++i) {
    for (auto& die : at) {
      const double dx = static_cast<double>(rng.below(20)), dy = static_cast<double>(rng.below(20));
      for (auto& p : die) p = {p.x + dx, p.y + dy};
    }
    CHECK(used.cost(at) == layout::Transport{system.capacities, system.bundles}.cost(at));
  }
}

TEST_CASE("hundreds of joined dies are solved as GLPK solves them") {
  Rng rng{41};
  Drawn system;
  constexpr std::size_t columns = 20, dies = 6 * columns;
  for (std::size_t d = 0; d < dies; ++d) {
    const double x = 10.0 * static_cast<double>(d % columns), y = 10.0 * static_cast<double>(d / columns),
                 w = static_cast<double>(3 + rng.below(2)), h = static_cast<double>(3 + rng.below(2));
    system.at.push_back({{{x, y - h}, {x + w, y}, {x, y + h}, {x - w, y}}});
    system.capacities.push_back({40, 30, 40, 30});
    if (d % columns > 0) system.bundles.push_back({d - 1, d, static_cast<double>(20 + rng.below(20))});
    if (d >= columns) system.bundles.push_back({d - columns, d, static_cast<double>(10 + rng.below(20))});
  }
  CHECK(system.bundles.size() + 4 * dies > 500);  // the rows of the program
  const auto ours = layout::Transport{system.capacities, system.bundles}.cost(system.at);
  const auto theirs = by_glpk(system);
  REQUIRE(theirs.status == milp::Status::optimal);
  REQUIRE(ours);
  CHECK(*ours == Approx(theirs.objective).epsilon(1e-9));
  CHECK(*ours > 1.01 * layout::transport_bound(system.bundles, system.at));
}
