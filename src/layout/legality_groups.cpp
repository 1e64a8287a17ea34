// Rules of several dies together: aligned, touching, mirrored, stacked.
#include <fmt/format.h>

#include <algorithm>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

// Twice the coordinate, so that a centre is a whole number.
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

std::string_view name_of(Line line) {
  constexpr std::array names{"left edges",   "centres in x", "right edges",
                             "bottom edges", "centres in y", "top edges"};
  return names[static_cast<std::size_t>(line)];
}

// Dies of an odd and of an even length cannot share a centre: half a nanometre is no fault.
constexpr Nanometre rounding = 1;

}  // namespace

void alignment(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& group : problem.alignments) {
    if (group.dies.empty()) continue;
    const std::size_t first = group.dies.front();
    for (const auto die : group.dies) {
      const Nanometre by = std::abs(doubled(layout::outline(layout, die), group.line) -
                                    doubled(layout::outline(layout, first), group.line));
      if (by <= rounding) continue;
      found.push_back({.message = fmt::format("the {} of {} and {} should be in line, and are {} apart",
                                              name_of(group.line), quoted(problem, first),
                                              quoted(problem, die), length_text(by / 2)),
                       .amount = static_cast<double>(by) / 2,
                       .dies = {first, die}});
    }
  }
}

void abutment(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& pair : problem.abutments) {
    const Side side = geometry::turned(pair.side, layout.dies[pair.first].rotation);
    const Rect first = ringed(problem, layout, pair.first), second = ringed(problem, layout, pair.second);
    const bool ahead = side == Side::right || side == Side::top;
    const Nanometre apart =
        (coordinate(second, geometry::opposite(side)) - coordinate(first, side)) * (ahead ? 1 : -1);
    const Nanometre by = apart - gap_between(problem, pair.first, pair.second);
    const bool beside = common(span_along(layout::outline(layout, pair.first), side),
                               span_along(layout::outline(layout, pair.second), side))
                            .length() > 0;
    if (by == 0 && beside) continue;
    const std::string names = fmt::format("{} should touch the {} edge of {}", quoted(problem, pair.second),
                                          name_of(side), quoted(problem, pair.first));
    found.push_back({.message = beside ? fmt::format("{}, and is {} {}", names, length_text(std::abs(by)),
                                                     by > 0 ? "too far off" : "too near, or behind it")
                                       : names + ", but does not lie beside it",
                     .amount = static_cast<double>(std::abs(by)),
                     .dies = {pair.first, pair.second}});
  }
}

// Coordinates are four times those of the axis: a sum of two doubled centres.
void symmetry(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& group : problem.symmetries) {
    const Line across = group.vertical ? Line::centre_x : Line::centre_y,
               along = group.vertical ? Line::centre_y : Line::centre_x;
    std::optional<Nanometre> axis;
    const auto check = [&](std::size_t a, std::size_t b) {
      const Rect one = layout::outline(layout, a), other = layout::outline(layout, b);
      const Nanometre sum = doubled(one, across) + doubled(other, across);
      if (!axis) axis = sum;
      const Nanometre off = std::abs(sum - *axis),
                      shift = std::abs(doubled(one, along) - doubled(other, along));
      if (off > 2 * rounding) {
        found.push_back(
            {.message = fmt::format("{} off the group's {} axis by {}",
                                    a == b ? quoted(problem, a) + " is"
                                           : quoted(problem, a) + " and " + quoted(problem, b) + " are",
                                    group.vertical ? "vertical" : "horizontal", length_text(off / 4)),
             .amount = static_cast<double>(off) / 4,
             .dies = {a, b}});
      }
      if (shift > rounding || one.width() != other.width() || one.height() != other.height()) {
        found.push_back(
            {.message = fmt::format(
                 "{} and {} are no mirror images: {}", quoted(problem, a), quoted(problem, b),
                 shift > rounding ? "shifted by " + length_text(shift / 2) : "of different shape"),
             .amount = static_cast<double>(shift) / 2,
             .dies = {a, b}});
      }
    };
    for (const auto& [a, b] : group.pairs) check(a, b);
    for (const auto die : group.alone) check(die, die);
  }
}

void stack(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto& die = problem.dies[d];
    if (!die.on) continue;
    if (stacked(problem, d, d)) {
      found.push_back({.message = quoted(problem, d) + " stands on itself", .dies = {d}});
      continue;
    }
    const Rect base = layout::outline(layout, *die.on), own = layout::outline(layout, d);
    const Nanometre by = std::max(
        {base.low.x - own.low.x, base.low.y - own.low.y, own.high.x - base.high.x, own.high.y - base.high.y});
    if (by <= die.overhang) continue;
    found.push_back({.message = fmt::format("{} stands {} over the edge of {} below it, and may by {}",
                                            quoted(problem, d), length_text(by), quoted(problem, *die.on),
                                            length_text(die.overhang)),
                     .amount = static_cast<double>(by - die.overhang),
                     .dies = {d, *die.on}});
  }
}

}  // namespace marquetry::layout::legality
