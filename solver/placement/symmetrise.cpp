#include "placement/symmetrise.h"

#include <algorithm>

namespace marquetry::placement {
namespace {

using geometry::Placement;
using geometry::Point;
using geometry::Rect;
using geometry::Rotation;

// Across the axis and along it; twice the coordinates of centres.
struct Centre {
  Nanometre across{}, along{};
};

Centre centre(const Rect& rect, const layout::Symmetry& group) {
  const Nanometre x = rect.low.x + rect.high.x, y = rect.low.y + rect.high.y;
  return group.vertical ? Centre{x, y} : Centre{y, x};
}

Point low_of(const Centre& twice, geometry::Size size, const layout::Symmetry& group) {
  const Nanometre x = group.vertical ? twice.across : twice.along,
                  y = group.vertical ? twice.along : twice.across;
  return {(x - size.width) / 2, (y - size.height) / 2};
}

// A mirror at a vertical axis takes the left side to the right one, and leaves bottom and top.
Rotation mirrored(Rotation r, const layout::Symmetry& group) {
  const bool looks_along = group.vertical == !geometry::swaps_sides(r);
  return looks_along ? r : static_cast<Rotation>((static_cast<int>(r) + 2) % 4);
}

}  // namespace

floorplan::Plan symmetrised(const Task& task, const floorplan::Plan& plan) {
  const auto& blocks = task.blocks;
  auto picture = floorplan::floorplan_of(task.frame, plan);
  const auto rect = [&](std::size_t b) { return geometry::outline(picture.blocks[b], picture.sizes[b]); };
  const auto may_turn = [&](std::size_t b, Rotation r) {
    return (static_cast<unsigned>(blocks.problem.blocks[b].rotations) >> static_cast<unsigned>(r) & 1u) != 0;
  };
  for (const auto& group : task.problem->symmetries) {
    const auto block = [&](std::size_t die) { return blocks.of_die[die]; };
    Nanometre axis = 0, members = 0;  // twice the coordinate
    for (const auto& [a, b] : group.pairs) {
      axis += centre(rect(block(a)), group).across + centre(rect(block(b)), group).across;
      members += 2;
    }
    for (const auto die : group.alone) axis += centre(rect(block(die)), group).across, ++members;
    if (members == 0) continue;
    axis /= members;
    for (const auto& [first, second] : group.pairs) {
      const std::size_t a = block(first), b = block(second);
      if (blocks.problem.blocks[a].fixed || blocks.problem.blocks[b].fixed || a == b) continue;
      const Rotation turn = mirrored(picture.blocks[a].rotation, group);
      if (may_turn(b, turn)) picture.blocks[b].rotation = turn;
      const Centre one = centre(rect(a), group), other = centre(rect(b), group);
      const auto size_a = geometry::turned(picture.sizes[a], picture.blocks[a].rotation),
                 size_b = geometry::turned(picture.sizes[b], picture.blocks[b].rotation);
      const Nanometre least =
          (group.vertical ? size_a.width + size_b.width : size_a.height + size_b.height) / 2;
      const Nanometre apart = std::max(std::abs(one.across - other.across) / 2, least),
                      way = one.across < other.across ? -apart : apart, along = (one.along + other.along) / 2;
      picture.blocks[a].low = low_of({axis + way, along}, size_a, group);
      picture.blocks[b].low = low_of({axis - way, along}, size_b, group);
    }
    for (const auto die : group.alone) {
      const std::size_t b = block(die);
      if (blocks.problem.blocks[b].fixed) continue;
      const auto size = geometry::turned(picture.sizes[b], picture.blocks[b].rotation);
      picture.blocks[b].low = low_of({axis, centre(rect(b), group).along}, size, group);
    }
  }
  auto made = floorplan::plan_of(task.frame, picture);
  floorplan::Packer{task.frame}.compact(made);
  return made;
}

}  // namespace marquetry::placement
