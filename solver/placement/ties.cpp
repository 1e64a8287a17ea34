#include "placement/ties.h"

namespace marquetry::placement {

using geometry::Rect;
using geometry::Side;
using layout::Line;

namespace {

Nanometre along(const geometry::Point& p, Axis axis) { return axis == Axis::x ? p.x : p.y; }

Axis axis_of(Line line) { return line <= Line::right ? Axis::x : Axis::y; }

// A centre that is no whole number is rounded down.
Nanometre coordinate(const Rect& rect, Line line) {
  switch (line) {
    case Line::left:
      return rect.low.x;
    case Line::centre_x:
      return rect.low.x + rect.width() / 2;
    case Line::right:
      return rect.high.x;
    case Line::bottom:
      return rect.low.y;
    case Line::centre_y:
      return rect.low.y + rect.height() / 2;
    default:
      return rect.high.y;
  }
}

struct Ties {
  const Blocks& blocks;
  const floorplan::Plan& plan;
  Axis axis;
  std::vector<Apart>& aparts;

  std::uint32_t block(std::size_t die) const { return static_cast<std::uint32_t>(blocks.of_die[die]); }
  Nanometre at(std::size_t die) const { return axis == Axis::x ? plan.x[block(die)] : plan.y[block(die)]; }
  // What is now at `here` of one die stands at least that far before what is now at `there` of the other.
  void least(std::size_t one, Nanometre here, std::size_t other, Nanometre there, Nanometre distance) const {
    if (block(one) == block(other)) return;
    aparts.push_back({block(one), block(other), distance + (here - at(one)) - (there - at(other))});
  }
  void equal(std::size_t one, Nanometre here, std::size_t other, Nanometre there, Nanometre distance) const {
    least(one, here, other, there, distance);
    least(other, there, one, here, -distance);
  }
};

}  // namespace

void add_ties(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
              const Stance& stance, Axis axis, std::vector<Apart>& aparts) {
  const Ties ties{blocks, plan, axis, aparts};
  for (const auto& group : problem.alignments) {
    if (group.dies.empty() || axis_of(group.line) != axis) continue;
    const std::size_t first = group.dies.front();
    for (const auto die : group.dies) {
      ties.equal(first, coordinate(stance.rect[first], group.line), die,
                 coordinate(stance.rect[die], group.line), 0);
    }
  }
  for (const auto& pair : problem.abutments) {
    const Side side = geometry::turned(pair.side, stance.at[pair.first].rotation);
    const bool across = geometry::is_vertical(side) == (axis == Axis::x);
    const bool ahead = side == Side::right || side == Side::top;
    const std::size_t low = ahead ? pair.first : pair.second, high = ahead ? pair.second : pair.first;
    const Rect &one = stance.rect[low], &other = stance.rect[high];
    if (across) {
      const Nanometre apart =
          layout::gap_between(problem, low, high) + problem.dies[low].ring + problem.dies[high].ring;
      ties.equal(low, along(one.high, axis), high, along(other.low, axis), apart);
    } else {
      ties.least(low, along(one.low, axis), high, along(other.high, axis), 1);
      ties.least(high, along(other.low, axis), low, along(one.high, axis), 1);
    }
  }
  for (const auto& group : problem.symmetries) {
    if (group.vertical == (axis == Axis::x)) continue;
    const Line centre = group.vertical ? Line::centre_y : Line::centre_x;
    for (const auto& [a, b] : group.pairs) {
      ties.equal(a, coordinate(stance.rect[a], centre), b, coordinate(stance.rect[b], centre), 0);
    }
  }
}

// Longest paths by Bellman and Ford, with the origin as one more block.
bool meet(const std::vector<Apart>& aparts, std::vector<Nanometre>& x) {
  x.push_back(0);
  bool changed = true;
  for (std::size_t round = 0; changed && round <= x.size(); ++round) {
    changed = false;
    for (const auto& [before, after, least] : aparts) {
      if (x[after] >= x[before] + least) continue;
      x[after] = x[before] + least;
      changed = true;
    }
  }
  const Nanometre origin = x.back();
  x.pop_back();
  for (auto& each : x) each -= origin;
  return !changed;
}

}  // namespace marquetry::placement
