#include "placement/stacks.h"

#include <algorithm>

#include "floorplan/solve.h"

namespace marquetry::placement {
namespace {

using geometry::Nanometre;
using geometry::Placement;
using geometry::Point;
using geometry::Rect;
using geometry::Rotation;
using geometry::Size;
using layout::Problem;

// Moves a packed floorplan; enough for the handful of dies that stand on one.
constexpr std::uint64_t moves_each = 4000;

floorplan::Problem side_by_side(const Problem& problem, const std::vector<std::size_t>& dies, Size base) {
  floorplan::Problem packed{.gap = problem.gap, .objective = {.wire = 0, .area = 1}};
  Nanometre overhang = problem.dies[dies.front()].overhang;
  for (std::size_t i = 0; i < dies.size(); ++i) {
    const auto& die = problem.dies[dies[i]];
    packed.blocks.push_back({.size = die.size, .rotations = die.rotations, .kind = i});
    overhang = std::min(overhang, die.overhang);
    for (std::size_t j = 0; j < i; ++j) {
      const Nanometre gap = layout::gap_between(problem, dies[i], dies[j]);
      if (gap != problem.gap) packed.gaps.push_back({i, j, gap});
    }
  }
  packed.outline = {base.width + 2 * overhang, base.height + 2 * overhang};
  return packed;
}

// Where no arrangement fits: the dies in a row.
floorplan::Floorplan in_a_row(const floorplan::Problem& packed) {
  floorplan::Floorplan row;
  Nanometre x = 0;
  for (const auto& block : packed.blocks) {
    auto rotation = Rotation::r0;
    while ((block.rotations >> static_cast<int>(rotation) & 1) == 0 && rotation != Rotation::r270) {
      rotation = static_cast<Rotation>(static_cast<int>(rotation) + 1);
    }
    row.blocks.push_back({{x, 0}, rotation});
    row.sizes.push_back(block.size);
    x += geometry::turned(block.size, rotation).width + packed.gap;
  }
  return row;
}

// The places of `dies` on one of that size, in its unturned outline.
std::vector<Placement> places(const Problem& problem, const std::vector<std::size_t>& dies, Size base) {
  const auto packed = side_by_side(problem, dies, base);
  floorplan::Options options;
  options.budget.steps = moves_each * dies.size();
  const auto found = floorplan::solve(packed, options);
  const auto chosen = found.best ? *found.best : in_a_row(packed);
  Rect all = geometry::outline(chosen.blocks[0], chosen.sizes[0]);
  for (std::size_t i = 1; i < dies.size(); ++i) {
    all = geometry::hull(all, geometry::outline(chosen.blocks[i], chosen.sizes[i]));
  }
  const Point shift{(base.width - all.width()) / 2 - all.low.x, (base.height - all.height()) / 2 - all.low.y};
  std::vector<Placement> made;
  for (const auto& at : chosen.blocks) made.push_back({at.low + shift, at.rotation});
  return made;
}

}  // namespace

// A reader may hand over dies that stand on each other in a ring; after as many steps as there are dies the
// walk ends.
std::size_t root(const Problem& problem, std::size_t die) {
  for (std::size_t steps = 0; problem.dies[die].on && steps < problem.dies.size(); ++steps) {
    die = *problem.dies[die].on;
  }
  return die;
}

std::vector<Placement> passengers(const Problem& problem) {
  const std::size_t n = problem.dies.size();
  std::vector<Placement> within(n);
  std::vector<std::vector<std::size_t>> on(n);
  std::vector<std::size_t> level;
  for (std::size_t d = 0; d < n; ++d) {
    if (problem.dies[d].on) {
      on[*problem.dies[d].on].push_back(d);
    } else {
      level.push_back(d);
    }
  }
  // From the carrier upwards: a place on a die becomes one on that die's root.
  for (std::size_t k = 0; k < level.size(); ++k) {
    const std::size_t base = level[k];
    if (on[base].empty()) continue;
    const auto own = places(problem, on[base], problem.dies[base].size);
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::size_t d = on[base][i];
      const auto rect = geometry::outline(own[i], problem.dies[d].size);
      const auto turn = (static_cast<int>(own[i].rotation) + static_cast<int>(within[base].rotation)) % 4;
      within[d] = {geometry::placed(within[base], problem.dies[base].size, rect).low,
                   static_cast<Rotation>(turn)};
      level.push_back(d);
    }
  }
  return within;
}

}  // namespace marquetry::placement
