// The metrics of wire by hand, and the transport program against its conditions and an independent solver.
#include "layout/wire.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/rng.h"

using namespace marquetry;
using layout::Layout;
using layout::Problem;

namespace {

// A 10 x 4 at the origin, and a 2 x 6 whose turned outline (6 x 2) has its corner at (20, 10).
Problem two_dies() {
  Problem problem;
  problem.dies.push_back({.name = "a", .size = {10, 4}});
  problem.dies.push_back({.name = "b", .size = {2, 6}});
  return problem;
}
Layout two_places() {
  Layout layout;
  layout.dies = {{{0, 0}, {}}, {{20, 10}, geometry::Rotation::r90}};
  layout.sizes = {{10, 4}, {2, 6}};
  return layout;
}

std::array<layout::Clump, 4> clumps(double each, geometry::Nanometre outside) {
  const layout::Clump clump{each, outside};
  return {clump, clump, clump, clump};
}

}  // namespace

TEST_CASE("half the perimeter of a net's box, weighted, with terminals and turned pins") {
  auto problem = two_dies();
  // The centres (5, 2) and (23, 11), and the terminal (-1, 30): 24 + 28.
  problem.nets.push_back(
      {.pins = {{.die = 0, .at_centre = true}, {.die = 1, .at_centre = true}, {.at = {-1, 30}}},
       .weight = 2});
  CHECK(layout::half_perimeter(problem, two_places()) == 2 * (24 + 28));
  // (1, 3) of the 2 x 6 turned by 90 degrees: (6 - 3, 1) from its corner, so (23, 11).
  problem.nets = {{.pins = {{.die = 0, .at = {10, 0}}, {.die = 1, .at = {0, 6}}}}};
  CHECK(layout::half_perimeter(problem, two_places()) == 10 + 10);  // (10, 0) and (20, 10)
  problem.nets = {{.pins = {}}};
  CHECK(layout::half_perimeter(problem, two_places()) == 0);
}

TEST_CASE("centres that lie on half a nanometre are measured exactly") {
  auto problem = two_dies();
  problem.dies[0].size = {9, 3};
  auto layout = two_places();
  layout.sizes[0] = {9, 3};
  problem.nets = {{.pins = {{.die = 0, .at_centre = true}, {.at = {0, 0}}}}};
  CHECK(layout::half_perimeter(problem, layout) == 4.5 + 1.5);
  CHECK(layout::pin_to_pin(problem, layout) == 4.5 + 1.5);
  problem.links = {{.a = 0, .b = 1, .wires = 10}};
  CHECK(layout::centre_to_centre(problem, layout) == 10 * (18.5 + 9.5));
}

TEST_CASE("pin to pin counts nets of two pins by distance, others by half the perimeter") {
  auto problem = two_dies();
  const layout::Pin a{.die = 0, .at = {1, 1}}, b{.die = 1, .at = {2, 0}}, c{.at = {4, 4}};
  // b: (2, 0) turned is (6, 2), at (26, 12).
  problem.nets = {{.pins = {a, b}, .weight = 3}, {.pins = {a, b, c}}};
  CHECK(layout::pin_to_pin(problem, two_places()) == 3 * (25 + 11) + 25 + 11);
}

TEST_CASE("clumps stand outside their own edge, wherever a turn takes it") {
  layout::Die die{.size = {10, 4}, .clumps = clumps(1, 1)};
  (*die.clumps)[index(geometry::Side::bottom)].outside = 3;
  const auto points = layout::clump_points(die, {{100, 200}, geometry::Rotation::r90}, {10, 4});
  // The outline is (100, 200) to (104, 210); the bottom has become the right side.
  const auto& bottom = points[index(geometry::Side::bottom)];
  CHECK(bottom.x == 107);
  CHECK(bottom.y == 205);
  const auto& right = points[index(geometry::Side::right)];
  CHECK(right.x == 102);
  CHECK(right.y == 211);
  const auto& left = points[index(geometry::Side::left)];
  CHECK(left.y == 199);
}

TEST_CASE("wires take the nearest clumps until these are full, then the next") {
  // Two dies of 10 x 10, ring 2 (clumps 1 outside), 4 apart: facing clumps 12 - 2 = 2 apart.
  Problem problem;
  problem.dies = {{.name = "a", .size = {10, 10}, .clumps = clumps(100, 1)},
                  {.name = "b", .size = {10, 10}, .clumps = clumps(100, 1)}};
  problem.links = {{.a = 0, .b = 1, .wires = 60}};
  Layout layout;
  layout.dies = {{{0, 0}, {}}, {{14, 0}, {}}};
  layout.sizes = {{10, 10}, {10, 10}};
  CHECK(layout::clump_transport(problem, layout) == 60 * 2.0);
  // Of 150 wires 100 face each other. The other 50 go from top to top, 14 apart: that is less than one end
  // facing and the other not, (11 + 1, 5 + 1) -> 8 + 6 = 14 for two sides that are then worth less.
  problem.links[0].wires = 150;
  CHECK(layout::clump_transport(problem, layout) == 100 * 2.0 + 50 * 14.0);
  problem.links[0].wires = 401;
  CHECK_FALSE(layout::clump_transport(problem, layout));
  problem.dies[1].clumps.reset();
  CHECK_FALSE(layout::clump_transport(problem, layout));
}

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
