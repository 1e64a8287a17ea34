// Moves, judges and the search, its floorplans held against a plain checker.
#include "floorplan/anneal.h"

#include <catch2/catch.hpp>
#include "floorplan/flat.h"

#include "floorplan/plain.h"

using namespace marquetry;
using namespace marquetry::floorplan;

namespace {

bool same(const Plan& a, const Plan& b) {
  return a.pair == b.pair && a.shape == b.shape && a.x == b.x && a.y == b.y && a.width == b.width &&
         a.height == b.height && a.rotation == b.rotation && a.box == b.box && a.overflow_x == b.overflow_x &&
         a.overflow_y == b.overflow_y;
}

// Wants block 0 at the left of block 1, and nothing else.
struct InOrder {
  Verdict operator()(Plan& plan) const {
    const auto wrong = static_cast<double>(plan.x[0] + plan.width[0] - plan.x[1]);
    return {static_cast<double>(plan.box.width), std::max(0.0, wrong / 100)};
  }
  std::optional<Beside> propose(const Plan&, Rng&) const { return Beside{0, 1, geometry::Side::left, {}}; }
};

}  // namespace

TEST_CASE("undoing a move restores the plan, and packing follows the sequence pair after each") {
  Rng rng{11};
  for (const auto packing : {Packing::keep, Packing::compact}) {
    const auto problem = plain::roomy(12, 12);
    const Frame frame = floorplan::frame(problem);
    Mover mover{frame, random_plan(frame, rng), packing};
    mover.begin();
    mover.pack({});
    for (int k = 0; k < 400; ++k) {
      const Plan before = mover.plan();
      mover.begin();
      mover.any(rng);
      mover.pack({k % 2 == 0, k % 3 == 0});
      auto open = problem;
      open.outline.reset();
      CHECK(plain::fault(open, floorplan_of(frame, mover.plan())) == "");
      if (k % 3 == 0) continue;  // kept
      mover.undo();
      CHECK(same(mover.plan(), before));
    }
  }
}

TEST_CASE("a block put beside another is next to it in both sequences") {
  Rng rng{13};
  const auto problem = plain::roomy(9, 14);
  const Frame frame = floorplan::frame(problem);
  Mover mover{frame, random_plan(frame, rng), Packing::keep};
  for (int k = 0; k < 200; ++k) {
    const auto a = static_cast<Index>(rng.below(9)), b = static_cast<Index>((a + 1 + rng.below(8)) % 9);
    const auto side = geometry::sides[rng.below(4)];
    mover.begin();
    mover.put({a, b, side, {}});
    const auto& pair = mover.plan().pair;
    using geometry::Side;
    CHECK(pair.left_of(b, a) == (side == Side::right));
    CHECK(pair.left_of(a, b) == (side == Side::left));
    CHECK(pair.above(a, b) == (side == Side::top));
    CHECK(pair.above(b, a) == (side == Side::bottom));
    const auto apart = [](Index i, Index j) { return i < j ? j - i : i - j; };
    CHECK(apart(pair.at_first[a], pair.at_first[b]) == 1);
    CHECK(apart(pair.at_second[a], pair.at_second[b]) == 1);
  }
}

TEST_CASE("a judge may have rules of its own") {
  const auto problem = plain::roomy(6, 15);
  AnnealOptions options;
  options.budget = {.seconds = 60, .steps = 4000};
  const Frame frame = floorplan::frame(problem);
  const auto found = anneal(frame, InOrder{}, options);
  REQUIRE(found.best);
  CHECK(plain::fault(problem, floorplan_of(frame, *found.best)) == "");
  CHECK(found.best->x[0] + found.best->width[0] <= found.best->x[1]);
}
