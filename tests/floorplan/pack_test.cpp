// Packing held against longest paths over all pairs, wire against the half perimeter of the floorplan.
#include "floorplan/pack.h"

#include <catch2/catch.hpp>

#include "floorplan/plain.h"
#include "floorplan/wire.h"

using namespace marquetry;
using namespace marquetry::floorplan;
using plain::between;

namespace {

// Longest paths over all pairs, by the definition of the relations: settled in an order in which whoever is
// to the left (below) comes first.
struct Longest {
  std::vector<Nanometre> x{}, y{};
};

Longest longest(const Problem& problem, const Plan& plan, const Wish& least) {
  const auto n = static_cast<Index>(problem.blocks.size());
  Longest all{least.x, least.y};
  std::vector<std::vector<Nanometre>> gaps(n, std::vector<Nanometre>(n, problem.gap));
  for (const auto& [a, b, gap] : problem.gaps) gaps[a][b] = gaps[b][a] = gap;
  for (bool changed = true; changed;) {
    changed = false;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        if (i == j) continue;
        const Nanometre gap = gaps[i][j];
        const auto raise = [&](Nanometre& value, Nanometre to) {
          if (value < to) value = to, changed = true;
        };
        if (plan.pair.left_of(i, j)) raise(all.x[j], all.x[i] + plan.width[i] + gap);
        if (plan.pair.above(j, i)) raise(all.y[j], all.y[i] + plan.height[i] + gap);
      }
    }
  }
  return all;
}

Problem with_gaps(std::size_t n, int kind, Rng& rng) {
  Problem problem = plain::random_problem(n, rng);
  problem.gap = kind == 0 ? 0 : between(rng, 1, 9);
  if (kind < 2) return problem;
  std::vector<Nanometre> own(n);
  for (auto& g : own) g = between(rng, 0, 7);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (kind == 2) problem.gaps.push_back({i, j, own[i] + own[j]});      // splits
      if (kind == 3) problem.gaps.push_back({i, j, between(rng, 0, 20)});  // does not
      if (kind == 4 && rng.below(5) == 0) problem.gaps.push_back({i, j, between(rng, 0, 20)});
    }
  }
  return problem;
}

Plan random_shapes(const Frame& frame, Rng& rng) {
  Plan plan = plan_of(frame, shuffled(frame.size(), rng));
  for (Index i = 0; i < frame.size(); ++i) {
    take_shape(frame, plan, i, static_cast<Index>(rng.below(frame.shapes[i].size())));
  }
  return plan;
}

}  // namespace

TEST_CASE("packing gives the longest paths of the sequence pair, whatever the gaps") {
  Rng rng{5};
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = round % 10 == 9 ? 60 + rng.below(90) : 1 + rng.below(30);
    const auto problem = with_gaps(n, round % 5, rng);
    const Frame frame = floorplan::frame(problem);
    Plan plan = random_shapes(frame, rng);
    Packer{frame}.compact(plan);
    const Wish origin{std::vector<Nanometre>(n), std::vector<Nanometre>(n)};
    const auto expected = longest(problem, plan, origin);
    CHECK(plan.x == expected.x);
    CHECK(plan.y == expected.y);
    CHECK(plain::fault(problem, floorplan_of(frame, plan)) == "");
  }
}

TEST_CASE("gaps that split leave no pair to look at") {
  Rng rng{6};
  CHECK(!frame(with_gaps(12, 1, rng)).has_excess);
  CHECK(!frame(with_gaps(12, 2, rng)).has_excess);
  CHECK(frame(with_gaps(12, 3, rng)).has_excess);
}

TEST_CASE("blocks keep to their wishes as far as relations and outline let them, and overflow is measured") {
  Rng rng{7};
  int fitting = 0, overflowing = 0;
  for (int round = 0; round < 80; ++round) {
    const std::size_t n = 1 + rng.below(20);
    auto problem = with_gaps(n, round % 5, rng);
    const Frame open = floorplan::frame(problem);
    Plan plan = random_shapes(open, rng);
    Packer{open}.compact(plan);
    // From a little too small to roomy.
    problem.outline = {plan.box.width + between(rng, -10, 40), plan.box.height + between(rng, -10, 40)};
    const Frame frame = floorplan::frame(problem);
    Wish wish;
    for (std::size_t i = 0; i < n; ++i) {
      wish.x.push_back(between(rng, -20, problem.outline->width));
      wish.y.push_back(between(rng, -20, problem.outline->height));
    }
    Packer packer{frame};
    const Nanometre lack_x = std::max<Nanometre>(0, plan.box.width - problem.outline->width);
    const Nanometre lack_y = std::max<Nanometre>(0, plan.box.height - problem.outline->height);
    for (const Push push : {Push{true, true}, Push{true, false}, Push{false, true}, Push{false, false}}) {
      packer.keep(plan, wish, push);
      CHECK(plan.overflow_x == lack_x);
      CHECK(plan.overflow_y == lack_y);
      auto within = problem;
      if (lack_x > 0 || lack_y > 0) within.outline.reset();
      CHECK(plain::fault(within, floorplan_of(frame, plan)) == "");
      (lack_x > 0 || lack_y > 0 ? overflowing : fitting) += 1;
      if (lack_x > 0 || lack_y > 0) continue;
      // Where all stands, it stays, whichever way they push.
      Plan again = plan;
      packer.keep(again, {plan.x, plan.y}, {!push.right, push.up});
      CHECK(again.x == plan.x);
      CHECK(again.y == plan.y);
    }
    // Pushed to the right only, nobody is further right than the longest path from the wishes, and everybody
    // lies between the earliest and the latest of his slack.
    if (lack_x > 0) continue;
    packer.keep(plan, wish, {});
    Wish least = wish;
    for (auto& x : least.x) x = std::max<Nanometre>(0, x);
    const auto paths = longest(problem, plan, least);
    const auto slack = packer.slack_x(plan);
    for (Index i = 0; i < n; ++i) {
      CHECK(plan.x[i] == std::min(paths.x[i], slack.latest[i]));
      CHECK(slack.earliest[i] <= plan.x[i]);
    }
  }
  CHECK(fitting > 40);
  CHECK(overflowing > 40);
}

TEST_CASE("a fixed block stays, and what does not fit beside it is overflow") {
  Problem problem;
  problem.blocks = {Block{{40, 10}}, Block{{30, 10}}, Block{{30, 10}}};
  problem.blocks[0].fixed = Placement{{30, 0}, Rotation::r0};
  problem.outline = {100, 10};
  const Frame frame = floorplan::frame(problem);
  Packer packer{frame};
  Plan plan = plan_of(frame, row(3));  // 0, 1, 2 from left to right: 30 + 40 + 30 + 30 = 130
  packer.compact(plan);
  CHECK(plan.overflow_x == 30);
  plan.pair = relations({{{30, 0}, {70, 10}}, {{0, 0}, {30, 10}}, {{70, 0}, {100, 10}}});
  packer.keep(plan, {{0, 50, 50}, {0, 0, 0}}, {});
  CHECK(plan.overflow_x == 0);
  CHECK(plan.x == std::vector<Nanometre>{30, 0, 70});
}

TEST_CASE("the relations of a legal floorplan hold in it") {
  Rng rng{8};
  for (int round = 0; round < 40; ++round) {
    const std::size_t n = 1 + rng.below(40);
    const auto problem = with_gaps(n, round % 5, rng);
    const Frame frame = floorplan::frame(problem);
    Plan plan = random_shapes(frame, rng);
    Packer packer{frame};
    packer.compact(plan);
    std::vector<geometry::Rect> rects;
    for (const auto& p : floorplan_of(frame, plan).blocks) {
      rects.push_back(geometry::outline(p, problem.blocks[rects.size()].size));
    }
    const auto pair = relations(rects);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        if (i == j) continue;
        if (pair.left_of(i, j)) CHECK(rects[i].high.x <= rects[j].low.x);
        if (pair.above(i, j)) CHECK(rects[i].low.y >= rects[j].high.y);
      }
    }
  }
}

TEST_CASE("the wire of a plan is the half perimeter of its floorplan, and aiming is best") {
  Rng rng{9};
  for (int round = 0; round < 40; ++round) {
    const std::size_t n = 2 + rng.below(20);
    const auto problem = plain::random_problem(n, rng);
    const Frame frame = floorplan::frame(problem);
    Plan plan = random_shapes(frame, rng);
    Packer{frame}.compact(plan);
    Wire wire{problem, frame};
    const double length = wire.length(plan);
    CHECK(length == Approx(half_perimeter(problem, floorplan_of(frame, plan))).epsilon(1e-12));
    const auto block = static_cast<Index>(rng.below(n));
    const Point aim = wire.aim(plan, block);
    const auto at = [&](Point low) {
      Plan moved = plan;
      moved.x[block] = low.x, moved.y[block] = low.y;
      return wire.length(moved);
    };
    const double best = at(aim);
    for (Nanometre d = -80; d <= 80; d += 1) {
      CHECK(best <= at({plan.x[block] + d, aim.y}) + 3);  // aims are rounded to a whole nanometre
      CHECK(best <= at({aim.x, plan.y[block] + d}) + 3);
    }
  }
}
