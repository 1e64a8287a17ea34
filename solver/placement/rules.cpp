#include "placement/rules.h"

#include <algorithm>
#include <cmath>

namespace marquetry::placement {

using geometry::Nanometre;
using geometry::Rect;
using geometry::Side;
using geometry::Size;
using layout::Line;
using layout::Problem;

namespace {

Nanometre doubled(const Rect& rect, Line line) {
  switch (line) {
    case Line::left:
      return 2 * rect.low.x;
    case Line::centre_x:
      return rect.low.x + rect.high.x;
    case Line::right:
      return 2 * rect.high.x;
    case Line::bottom:
      return 2 * rect.low.y;
    case Line::centre_y:
      return rect.low.y + rect.high.y;
    default:
      return 2 * rect.high.y;
  }
}

// A length against the larger side of a die. Half a nanometre is none.
double share(Nanometre twice, const Rect& rect) {
  if (std::abs(twice) <= 1) return 0;
  return std::abs(static_cast<double>(twice)) / 2 /
         static_cast<double>(std::max<Nanometre>(1, std::max(rect.width(), rect.height())));
}

double off_symmetry(const layout::Symmetry& group, const Stance& stance) {
  const Line across = group.vertical ? Line::centre_x : Line::centre_y,
             along = group.vertical ? Line::centre_y : Line::centre_x;
  double sum = 0;
  std::optional<Nanometre> axis;  // four times
  const auto add = [&](std::size_t a, std::size_t b) {
    const Rect &one = stance.rect[a], &other = stance.rect[b];
    const Nanometre at = doubled(one, across) + doubled(other, across);
    if (!axis) axis = at;
    sum += share((at - *axis) / 2, one) + share(doubled(one, along) - doubled(other, along), one);
    if (one.width() != other.width()) sum += 0.5;
  };
  for (const auto& [a, b] : group.pairs) add(a, b);
  for (const auto die : group.alone) add(die, die);
  return sum;
}

double off_touch(const Problem& problem, const layout::Abutment& pair, const Stance& stance) {
  const Side side = geometry::turned(pair.side, stance.at[pair.first].rotation);
  const Nanometre rings = problem.dies[pair.first].ring + problem.dies[pair.second].ring;
  const Nanometre wanted = layout::gap_between(problem, pair.first, pair.second) + rings;
  const Rect &one = stance.rect[pair.first], &other = stance.rect[pair.second];
  const Rect shared = geometry::common(one, other);
  Nanometre apart = 0;
  switch (side) {
    case Side::left:
      apart = one.low.x - other.high.x;
      break;
    case Side::right:
      apart = other.low.x - one.high.x;
      break;
    case Side::bottom:
      apart = one.low.y - other.high.y;
      break;
    case Side::top:
      apart = other.low.y - one.high.y;
      break;
  }
  const Nanometre span = geometry::is_vertical(side) ? shared.height() : shared.width();
  return share(2 * (apart - wanted), one) + (span > 0 ? 0 : share(2 * (1 - span) + 2, one));
}

}  // namespace

Rect box(const Problem& problem, const Stance& stance) {
  Rect all{};
  bool any = false;
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    all = any ? geometry::hull(all, stance.rect[d]) : stance.rect[d];
    any = true;
  }
  return all;
}

Size carrier(const Problem& problem, const Blocks& blocks, const floorplan::Plan& plan) {
  if (problem.carrier.fixed) return *problem.carrier.fixed;
  if (blocks.is_open) return {plan.box.width + 2 * problem.edge, plan.box.height + 2 * problem.edge};
  Size far{};  // what stands fast holds the origin too
  for (std::size_t b = 0; b < plan.x.size(); ++b) {
    if (blocks.die[b] == nobody) continue;
    far = {std::max(far.width, plan.x[b] + plan.width[b]), std::max(far.height, plan.y[b] + plan.height[b])};
  }
  return {far.width + 2 * problem.edge, far.height + 2 * problem.edge};
}

double carrier_penalty(const Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
                       const Stance& stance) {
  const auto& rules = problem.carrier;
  const Size size = carrier(problem, blocks, plan);
  double penalty = 0;
  if (const double area = geometry::area(size); rules.largest_area > 0 && area > rules.largest_area) {
    penalty += 0.05 + area / rules.largest_area - 1;
  }
  if (rules.package) {
    const double lack =
        static_cast<double>(std::max(size.width + 2 * rules.package_edge - rules.package->width,
                                     size.height + 2 * rules.package_edge - rules.package->height));
    if (lack > 0) penalty += 0.05 + lack / static_cast<double>(std::max<Nanometre>(1, rules.package->width));
  }
  if (rules.least_aspect <= 0 && rules.largest_aspect <= 0 && rules.least_utilisation <= 0) return penalty;
  const Rect all = box(problem, stance);
  const auto w = static_cast<double>(all.width()), h = static_cast<double>(all.height());
  if (rules.least_aspect > 0 && w < rules.least_aspect * h) penalty += 0.02 + rules.least_aspect * h / w - 1;
  if (rules.largest_aspect > 0 && w > rules.largest_aspect * h)
    penalty += 0.02 + w / (rules.largest_aspect * h) - 1;
  if (rules.least_utilisation > 0) {
    double dies = 0;
    for (std::size_t d = 0; d < problem.dies.size(); ++d) {
      dies += problem.dies[d].on ? 0 : geometry::area(stance.size[d]);
    }
    if (dies < rules.least_utilisation * w * h) penalty += 0.02 + rules.least_utilisation - dies / (w * h);
  }
  return penalty;
}

double group_penalty(const Problem& problem, const Stance& stance) {
  double sum = 0;
  for (const auto& group : problem.alignments) {
    if (group.dies.empty()) continue;
    const Rect& first = stance.rect[group.dies.front()];
    for (const auto die : group.dies) {
      sum += share(doubled(stance.rect[die], group.line) - doubled(first, group.line), first);
    }
  }
  for (const auto& pair : problem.abutments) sum += off_touch(problem, pair, stance);
  for (const auto& group : problem.symmetries) sum += off_symmetry(group, stance);
  return sum;
}

bool has_groups(const Problem& problem) {
  return !problem.alignments.empty() || !problem.abutments.empty() || !problem.symmetries.empty();
}

}  // namespace marquetry::placement
