// The linear program for fixed relations, held against trying every whole position.
#include "floorplan/slack.h"

#include <catch2/catch.hpp>
#include <functional>

#include "floorplan/plain.h"
#include "floorplan/wire.h"

using namespace marquetry;
using namespace marquetry::floorplan;
using plain::between;

namespace {

// The least wire of all positions on the grid that keep relations, gaps and outline: all of x, then all of y.
double least_wire(const Problem& problem, const Plan& plan) {
  double sum = 0;
  const auto n = static_cast<Index>(problem.blocks.size());
  for (const bool is_y : {false, true}) {
    auto floorplan = plain::standing(problem);
    for (Index i = 0; i < n; ++i) floorplan.blocks[i].rotation = plan.rotation[i];
    const auto end = is_y ? problem.outline->height : problem.outline->width;
    const auto& size = is_y ? plan.height : plan.width;
    const auto coordinate = [&](Index i) -> Nanometre& {
      return is_y ? floorplan.blocks[i].low.y : floorplan.blocks[i].low.x;
    };
    const auto precedes = [&](Index i, Index j) {
      return is_y ? plan.pair.above(j, i) : plan.pair.left_of(i, j);
    };
    double best = 1e300;
    std::function<void(Index)> place = [&](Index i) {
      if (i == n) return void(best = std::min(best, half_perimeter(problem, floorplan)));
      for (Nanometre at = 0; at + size[i] <= end; ++at) {
        bool fits = true;
        for (Index j = 0; j < i; ++j) {
          const auto gap = plain::gap(problem, i, j);
          if (precedes(j, i)) fits &= coordinate(j) + size[j] + gap <= at;
          if (precedes(i, j)) fits &= at + size[i] + gap <= coordinate(j);
        }
        coordinate(i) = at;
        if (fits) place(i + 1);
      }
    };
    place(0);
    // The other coordinate stood still: what it adds is taken off.
    auto still = plain::standing(problem);
    for (Index i = 0; i < n; ++i) still.blocks[i].rotation = plan.rotation[i];
    double other = 0;
    for (const auto& net : problem.nets) {
      Nanometre low = 1 << 30, high = -(1 << 30);
      for (const auto& pin : net.pins) {
        Point at = pin.at;
        if (pin.block >= 0) {
          const auto b = static_cast<std::size_t>(pin.block);
          at = geometry::placed(still.blocks[b], problem.blocks[b].size, pin.at);
        }
        low = std::min(low, is_y ? at.x : at.y);
        high = std::max(high, is_y ? at.x : at.y);
      }
      if (!net.pins.empty()) other += net.weight * static_cast<double>(high - low);
    }
    sum += best - other;
  }
  return sum;
}

}  // namespace

TEST_CASE("tightening finds the least wire of the relations") {
  Rng rng{21};
  int compared = 0;
  for (int round = 0; round < 40; ++round) {
    const std::size_t n = 2 + rng.below(2);
    auto problem = plain::random_problem(n, rng);
    for (auto& block : problem.blocks) block.size = {between(rng, 2, 6), between(rng, 2, 6)};
    for (auto& net : problem.nets) {
      for (auto& pin : net.pins) {
        pin.at_centre = false;
        if (pin.block < 0) {
          pin.at = {between(rng, 0, 18), between(rng, 0, 18)};
        } else {
          const Size s = problem.blocks[static_cast<std::size_t>(pin.block)].size;
          pin.at = {between(rng, 0, s.width), between(rng, 0, s.height)};
        }
      }
    }
    problem.gap = between(rng, 0, 1);
    if (round % 2 == 0) problem.gaps.push_back({0, 1, between(rng, 0, 3)});
    problem.outline = {18, 18};
    const Frame frame = floorplan::frame(problem, Turns::all);
    Plan plan = plan_of(frame, shuffled(static_cast<Index>(n), rng));
    for (Index i = 0; i < n; ++i) take_shape(frame, plan, i, static_cast<Index>(rng.below(4)));
    Packer{frame}.compact(plan);
    if (plan.overflow_x > 0 || plan.overflow_y > 0) continue;
    tighten(problem, frame, plan, 10);
    CHECK(plain::fault(problem, floorplan_of(frame, plan)) == "");
    CHECK(half_perimeter(problem, floorplan_of(frame, plan)) == Approx(least_wire(problem, plan)));
    ++compared;
  }
  CHECK(compared > 20);
}

TEST_CASE("tightening is never worse, never illegal, and leaves the box where area counts") {
  Rng rng{22};
  for (int round = 0; round < 12; ++round) {
    auto problem = plain::random_problem(3 + rng.below(15), rng);
    problem.gap = 1;
    if (round % 3 == 0) problem.objective.area = 1;
    const Frame open = floorplan::frame(problem);
    Plan plan = plan_of(open, shuffled(open.size(), rng));
    Packer{open}.compact(plan);
    if (round % 2 == 0) problem.outline = {plan.box.width + 30, plan.box.height + 5};
    const Frame frame = floorplan::frame(problem);
    const auto before = floorplan_of(frame, plan);
    tighten(problem, frame, plan, 10);
    const auto after = floorplan_of(frame, plan);
    CHECK(plain::fault(problem, after) == "");
    CHECK(half_perimeter(problem, after) <= half_perimeter(problem, before));
    if (problem.objective.area > 0)
      CHECK(geometry::area(box(problem, after)) <= geometry::area(box(problem, before)));
  }
}

TEST_CASE("neighbours imply every relation") {
  Rng rng{23};
  const Index n = 30;
  const auto pair = shuffled(n, rng);
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n));
  for (const auto& [i, j] : neighbours_x(pair)) reach[i][j] = true;
  for (Index k = 0; k < n; ++k) {
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        if (reach[i][k] && reach[k][j]) reach[i][j] = true;
      }
    }
  }
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      if (i != j) CHECK(reach[i][j] == pair.left_of(i, j));
    }
  }
}
