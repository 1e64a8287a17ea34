#include "placement/blocks.h"

#include <algorithm>

#include "placement/frames.h"
#include "placement/stacks.h"

namespace marquetry::placement {
namespace {

using geometry::Nanometre;
using geometry::Placement;
using geometry::Point;
using geometry::Rect;
using geometry::Rotation;
using geometry::Size;
using layout::Problem;

// What a die's passengers stand over its edges, if that is more than its ring.
std::vector<Size> margins(const Problem& problem, const Blocks& blocks) {
  std::vector<Size> margin;
  for (const auto d : blocks.die) margin.push_back({problem.dies[d].ring, problem.dies[d].ring});
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const std::size_t b = blocks.of_die[d];
    if (blocks.die[b] == d) continue;
    const Size base = problem.dies[blocks.die[b]].size;
    const Rect rect = geometry::outline(blocks.within[d], problem.dies[d].size);
    margin[b] = {std::max({margin[b].width, -rect.low.x, rect.high.x - base.width}),
                 std::max({margin[b].height, -rect.low.y, rect.high.y - base.height})};
  }
  return margin;
}

Point corner(Size margin, Rotation rotation) {
  const Size as_turned = geometry::turned(margin, rotation);
  return {as_turned.width, as_turned.height};
}

Size widened(Size size, Size margin) {
  return {size.width + 2 * margin.width, size.height + 2 * margin.height};
}

// What stands on a die turns with it: the turns that all of them may take.
std::vector<std::uint8_t> turns(const Problem& problem, const Blocks& blocks) {
  std::vector<std::uint8_t> all(blocks.die.size(), layout::any_rotation);
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto own = static_cast<unsigned>(blocks.within[d].rotation);
    unsigned allowed = 0;
    for (unsigned r = 0; r < 4; ++r) {
      if ((static_cast<unsigned>(problem.dies[d].rotations) >> (r + own) % 4 & 1u) != 0) allowed |= 1u << r;
    }
    all[blocks.of_die[d]] &= static_cast<std::uint8_t>(allowed);
  }
  return all;
}

// Of the pairs' own gaps, those between blocks.
void add_gaps(const Problem& problem, Blocks& blocks) {
  blocks.problem.gap = problem.gap;
  for (const auto& pair : problem.gaps) {
    if (problem.dies[pair.a].on || problem.dies[pair.b].on) continue;
    blocks.problem.gaps.push_back({blocks.of_die[pair.a], blocks.of_die[pair.b], pair.gap});
  }
}

// Dies keep their gap from one another, but none from a keep-out: it is drawn in by the gap that every block
// keeps. One thinner than two gaps is as thin as can be, and keeps dies a little further away than it must.
Rect drawn_in(Rect r, Nanometre gap) {
  const auto along = [gap](Nanometre low, Nanometre high) {
    if (high - low > 2 * gap) return std::pair{low + gap, high - gap};
    const Nanometre middle = low + (high - low) / 2;
    return std::pair{middle, middle + 1};
  };
  const auto [left, right] = along(r.low.x, r.high.x);
  const auto [bottom, top] = along(r.low.y, r.high.y);
  return {{left, bottom}, {right, top}};
}

// The carrier within its edges; without those strips along them that keep-outs take whole, so that a search
// need not learn to keep off them. Of a carrier without a size only the lower left corner means anything.
Rect where_dies_may_stand(const Problem& problem) {
  const Point low{problem.edge, problem.edge};
  const auto limit = problem.carrier.fixed ? problem.carrier.fixed : problem.carrier.largest;
  if (!limit) return {low, low};
  Rect region{low, {limit->width - problem.edge, limit->height - problem.edge}};
  const auto shrink = [&region](const Rect& taken) {
    const Rect before = region;
    const bool whole_rows = taken.low.x <= region.low.x && taken.high.x >= region.high.x;
    const bool whole_columns = taken.low.y <= region.low.y && taken.high.y >= region.high.y;
    if (!geometry::overlap(taken, region) || (whole_rows && whole_columns)) return false;
    if (whole_rows && taken.low.y <= region.low.y) region.low.y = taken.high.y;
    if (whole_rows && taken.high.y >= region.high.y) region.high.y = taken.low.y;
    if (whole_columns && taken.low.x <= region.low.x) region.low.x = taken.high.x;
    if (whole_columns && taken.high.x >= region.high.x) region.high.x = taken.low.x;
    return !(region == before);
  };
  if (!problem.carrier.fixed) return region;
  while (std::ranges::any_of(problem.keep_outs, [&](const auto& k) { return shrink(k.rect); })) {
  }
  return region;
}

// What of a keep-out lies where dies may, seen from the floorplan's origin; empty where nothing does.
Rect clipped(Rect r, const Blocks& blocks) {
  r = geometry::moved(r, {-blocks.origin.x, -blocks.origin.y});
  r.low = {std::max<Nanometre>(r.low.x, 0), std::max<Nanometre>(r.low.y, 0)};
  if (const auto& outline = blocks.problem.outline)
    r.high = {std::min(r.high.x, outline->width), std::min(r.high.y, outline->height)};
  return r;
}

// What stands fast need not keep the blocks' gap from a keep-out, nor keep-outs from each other.
void excuse(Blocks& blocks, std::size_t keep_out) {
  const auto& all = blocks.problem.blocks;
  const Rect rect = geometry::outline(*all[keep_out].fixed, all[keep_out].size);
  const Rect wide = geometry::widened(rect, blocks.problem.gap);
  for (std::size_t b = 0; b < keep_out; ++b) {
    if (!all[b].fixed) continue;
    const Rect other = geometry::outline(*all[b].fixed, all[b].size);
    if (geometry::overlap(other, wide) && !geometry::overlap(other, rect))
      blocks.problem.gaps.push_back({b, keep_out, 0});
  }
}

void add_keep_outs(const Problem& problem, Blocks& blocks) {
  std::vector<Rect> taken;
  for (const auto& keep_out : problem.keep_outs) {
    const Rect rect = clipped(keep_out.rect, blocks);
    if (rect.width() > 0 && rect.height() > 0) taken.push_back(rect);
  }
  for (const auto& rect : disjoint(taken)) {
    const Rect kept = drawn_in(rect, problem.gap);
    floorplan::Block block{.size = {kept.width(), kept.height()}, .rotations = 0b0001};
    block.fixed = Placement{kept.low, Rotation::r0};
    block.kind = problem.dies.size() + blocks.problem.blocks.size();
    blocks.problem.blocks.push_back(block);
    blocks.die.push_back(nobody);
    blocks.margin.push_back({});
    blocks.is_open = false;
    excuse(blocks, blocks.problem.blocks.size() - 1);
  }
}

}  // namespace

Blocks blocks(const Problem& problem) {
  Blocks blocks;
  const Rect region = where_dies_may_stand(problem);
  blocks.origin = region.low;
  if (problem.carrier.fixed || problem.carrier.largest)
    blocks.problem.outline = {std::max<Nanometre>(0, region.width()),
                              std::max<Nanometre>(0, region.height())};
  blocks.is_open = !problem.carrier.fixed;
  blocks.within = passengers(problem);
  blocks.of_die.assign(problem.dies.size(), nobody);
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    if (problem.dies[d].on) continue;
    blocks.of_die[d] = blocks.die.size();
    blocks.die.push_back(d);
  }
  for (std::size_t d = 0; d < problem.dies.size(); ++d) blocks.of_die[d] = blocks.of_die[root(problem, d)];
  blocks.margin = margins(problem, blocks);
  for (std::size_t b = 0; b < blocks.die.size(); ++b) {
    const auto& die = problem.dies[blocks.die[b]];
    const Size margin = blocks.margin[b];
    floorplan::Block block{.size = widened(die.size, margin), .kind = die.kind};
    if (die.soft && margin == Size{})
      block.soft = {die.soft->area, die.soft->least_aspect, die.soft->largest_aspect};
    if (die.fixed) {
      block.fixed = Placement{die.fixed->low - corner(margin, die.fixed->rotation) - blocks.origin,
                              die.fixed->rotation};
      blocks.is_open = false;
    }
    blocks.problem.blocks.push_back(block);
  }
  // The floorplan sees boxes with rings, the rule those without: it is passed on where they are the same.
  if (std::ranges::all_of(blocks.margin, [](Size margin) { return margin == Size{}; })) {
    blocks.problem.least_aspect = problem.carrier.least_aspect;
    blocks.problem.largest_aspect = problem.carrier.largest_aspect;
  }
  const auto allowed = turns(problem, blocks);
  for (std::size_t b = 0; b < allowed.size(); ++b) blocks.problem.blocks[b].rotations = allowed[b];
  add_gaps(problem, blocks);

  add_keep_outs(problem, blocks);
  return blocks;
}

namespace {

floorplan::Pin pin_at(const Problem& problem, const Blocks& blocks, std::size_t die,
                      std::optional<Point> at) {
  const std::size_t b = blocks.of_die[die];
  const Point margin = corner(blocks.margin[b], Rotation::r0);
  floorplan::Pin pin{.block = static_cast<std::int32_t>(b)};
  const auto& passenger = blocks.within[die];
  if (blocks.die[b] == die) {
    pin.at_centre = !at;
    pin.at = at.value_or(Point{}) + margin;
  } else {
    const Rect rect = geometry::outline(passenger, problem.dies[die].size);
    const Point centre{(rect.low.x + rect.high.x) / 2, (rect.low.y + rect.high.y) / 2};
    pin.at = (at ? geometry::placed(passenger, problem.dies[die].size, *at) : centre) + margin;
  }
  return pin;
}

}  // namespace

std::vector<floorplan::Net> nets(const Problem& problem, const Blocks& blocks) {
  std::vector<floorplan::Net> all;
  for (const auto& net : problem.nets) {
    floorplan::Net made{.weight = net.weight};
    for (const auto& pin : net.pins) {
      if (!pin.die) {
        made.pins.push_back({.at = pin.at - blocks.origin});
      } else {
        made.pins.push_back(
            pin_at(problem, blocks, *pin.die, pin.at_centre ? std::nullopt : std::optional{pin.at}));
      }
    }
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<floorplan::Net> links_as_nets(const Problem& problem, const Blocks& blocks) {
  std::vector<floorplan::Net> all;
  for (const auto& link : problem.links) {
    all.push_back({{pin_at(problem, blocks, link.a, {}), pin_at(problem, blocks, link.b, {})}, link.wires});
  }
  return all;
}

Placement stand(const Problem& problem, const Blocks& blocks, std::size_t die, const Placement& block,
                Size size) {
  const std::size_t b = blocks.of_die[die];
  const Placement base{block.low + blocks.origin + corner(blocks.margin[b], block.rotation), block.rotation};
  if (blocks.die[b] == die) return base;
  const auto& passenger = blocks.within[die];
  const auto turn =
      static_cast<Rotation>((static_cast<int>(base.rotation) + static_cast<int>(passenger.rotation)) % 4);
  return {geometry::placed(base, size, geometry::outline(passenger, problem.dies[die].size)).low, turn};
}

layout::Layout layout_of(const Problem& problem, const Blocks& blocks,
                         const floorplan::Floorplan& floorplan) {
  layout::Layout made;
  const auto unringed = [&](std::size_t b) {
    const Size margin = blocks.margin[b];
    const Size size = floorplan.sizes[b];
    return Size{size.width - 2 * margin.width, size.height - 2 * margin.height};
  };
  // A carrier that may be of any size begins where the dies do.
  Point shift{};
  if (blocks.is_open && !floorplan.blocks.empty()) {
    shift = floorplan.blocks[0].low;
    for (const auto& at : floorplan.blocks)
      shift = {std::min(shift.x, at.low.x), std::min(shift.y, at.low.y)};
  }
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const std::size_t b = blocks.of_die[d];
    const Size own = unringed(b);
    Placement at = stand(problem, blocks, d, floorplan.blocks[b], own);
    at.low = at.low - shift;
    made.dies.push_back(at);
    made.sizes.push_back(problem.dies[d].soft ? own : problem.dies[d].size);
  }
  frame_in(problem, made);
  return made;
}

floorplan::Floorplan floorplan_of(const Blocks& blocks, const layout::Layout& layout) {
  floorplan::Floorplan made;
  for (std::size_t b = 0; b < blocks.die.size(); ++b) {
    const auto& block = blocks.problem.blocks[b];
    if (blocks.die[b] == nobody) {
      made.blocks.push_back(*block.fixed);
      made.sizes.push_back(block.size);
      continue;
    }
    const Size margin = blocks.margin[b];
    const Placement& at = layout.dies[blocks.die[b]];
    const Size size = layout.sizes[blocks.die[b]];
    made.blocks.push_back({at.low - corner(margin, at.rotation) - blocks.origin, at.rotation});
    made.sizes.push_back(widened(size, margin));
  }
  return made;
}

}  // namespace marquetry::placement
