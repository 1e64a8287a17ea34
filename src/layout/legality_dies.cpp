// Rules of the dies themselves: where they may stand, beside which others, in which shape and turn.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

std::vector<Rect> outlines(const Layout& layout) {
  std::vector<Rect> rects;
  for (std::size_t d = 0; d < layout.dies.size(); ++d) rects.push_back(layout::outline(layout, d));
  return rects;
}

// By how much the second sticks out of the first: 0 or less where it is inside.
Nanometre excess(const Rect& outer, const Rect& inner) {
  return std::max({outer.low.x - inner.low.x, outer.low.y - inner.low.y, inner.high.x - outer.high.x,
                   inner.high.y - outer.high.y});
}

Side side_of_excess(const Rect& outer, const Rect& inner) {
  const Nanometre by = excess(outer, inner);
  if (by == outer.low.x - inner.low.x) return Side::left;
  if (by == inner.high.x - outer.high.x) return Side::right;
  return by == outer.low.y - inner.low.y ? Side::bottom : Side::top;
}

// Of two rings: how far they are apart in x or in y, whichever is more.
Nanometre distance(const Rect& a, const Rect& b) {
  const Rect shared = geometry::common(a, b);
  return -std::min(shared.width(), shared.height());
}

bool on_carrier(const Problem& problem, std::size_t die) { return !problem.dies[die].on; }

}  // namespace

void overlap(const Problem& problem, const Layout& layout, Found found) {
  const auto rects = outlines(layout);
  const auto apart = [&](std::size_t a, std::size_t b) { return !stacked(problem, a, b); };
  for (const auto& [a, b] : neighbours(rects, 0, apart)) {
    const Rect shared = geometry::common(rects[a], rects[b]);
    found.push_back({.message = fmt::format("{} and {} overlap by {}", quoted(problem, a), quoted(problem, b),
                                            size_text({shared.width(), shared.height()})),
                     .amount = static_cast<double>(std::min(shared.width(), shared.height())),
                     .dies = {a, b}});
  }
}

void gap(const Problem& problem, const Layout& layout, Found found) {
  std::map<std::pair<std::size_t, std::size_t>, Nanometre> gaps;
  Nanometre reach = std::max<Nanometre>(0, problem.gap);
  for (const auto& pair : problem.gaps) {
    gaps.emplace(std::minmax(pair.a, pair.b), pair.gap);
    reach = std::max(reach, pair.gap);
  }
  std::vector<Rect> rings;
  for (std::size_t d = 0; d < layout.dies.size(); ++d) rings.push_back(ringed(problem, layout, d));
  const auto wanted = [&](std::size_t a, std::size_t b) {
    const auto own = gaps.find({a, b});
    return own == gaps.end() ? problem.gap : own->second;
  };
  const auto too_near = [&](std::size_t a, std::size_t b) {
    return distance(rings[a], rings[b]) < wanted(a, b) && !stacked(problem, a, b) &&
           !geometry::overlap(layout::outline(layout, a), layout::outline(layout, b));
  };
  for (const auto& [a, b] : neighbours(rings, reach, too_near)) {
    const Nanometre is = distance(rings[a], rings[b]);
    const bool has_ring = problem.dies[a].ring > 0 || problem.dies[b].ring > 0;
    const std::string names = quoted(problem, a) + " and " + quoted(problem, b);
    found.push_back(
        {.message = is < 0 ? fmt::format("the bump rings of {} overlap by {}", names, length_text(-is))
                           : fmt::format("{} are {} apart{}, and need {}", names, length_text(is),
                                         has_ring ? " (ring to ring)" : "", length_text(wanted(a, b))),
         .amount = static_cast<double>(wanted(a, b) - is),
         .dies = {a, b}});
  }
}

void outline(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const Rect rect = ringed(problem, layout, d);
    const Nanometre by = excess(layout.carrier, rect);
    if (by <= 0) continue;
    const bool ring = geometry::contains(layout.carrier, layout::outline(layout, d));
    found.push_back({.message = fmt::format("{}{} stands {} over the {} edge of the carrier",
                                            ring ? "the bump ring of " : "", quoted(problem, d),
                                            length_text(by), name_of(side_of_excess(layout.carrier, rect))),
                     .amount = static_cast<double>(by),
                     .dies = {d}});
  }
}

void edge(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const Rect rect = ringed(problem, layout, d);
    const Nanometre by = excess(layout.carrier, rect) + problem.edge;
    if (by <= 0 || by > problem.edge || !on_carrier(problem, d)) continue;
    found.push_back(
        {.message = fmt::format("{} is {} from the {} edge of the carrier, and needs {}", quoted(problem, d),
                                length_text(problem.edge - by), name_of(side_of_excess(layout.carrier, rect)),
                                length_text(problem.edge)),
         .amount = static_cast<double>(by),
         .dies = {d}});
  }
}

void keep_out(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t k = 0; k < problem.keep_outs.size(); ++k) {
    const auto& zone = problem.keep_outs[k];
    for (std::size_t d = 0; d < layout.dies.size(); ++d) {
      const Rect rect = ringed(problem, layout, d);
      if (!geometry::overlap(zone.rect, rect)) continue;
      const Rect shared = geometry::common(zone.rect, rect);
      found.push_back({.message = fmt::format("{} enters the keep-out {} by {}", quoted(problem, d),
                                              zone.name.empty() ? std::to_string(k) : "'" + zone.name + "'",
                                              size_text({shared.width(), shared.height()})),
                       .amount = static_cast<double>(std::min(shared.width(), shared.height())),
                       .dies = {d}});
    }
  }
}

void rotation(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const auto turn = layout.dies[d].rotation;
    if ((problem.dies[d].rotations >> static_cast<int>(turn) & 1) != 0) continue;
    found.push_back({.message = fmt::format("{} is turned by {} degrees, which it may not be",
                                            quoted(problem, d), geometry::degrees(turn)),
                     .amount = static_cast<double>(geometry::degrees(turn)),
                     .dies = {d}});
  }
}

void size(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const auto& die = problem.dies[d];
    const Size is = layout.sizes[d];
    const auto w = static_cast<double>(is.width), h = static_cast<double>(is.height);
    const auto add = [&](std::string message, double amount) {
      found.push_back({.message = quoted(problem, d) + " " + message, .amount = amount, .dies = {d}});
    };
    if (!die.soft) {
      if (is != die.size) {
        add(fmt::format("is drawn as {}, but is {}", size_text(is), size_text(die.size)),
            static_cast<double>(
                std::max(std::abs(is.width - die.size.width), std::abs(is.height - die.size.height))));
      }
      continue;
    }
    // The sides are whole nanometres: each may be off by one.
    const double area = die.soft->area;
    if ((w + 1) * (h + 1) < area || (w - 1) * (h - 1) > area) {
      add(fmt::format("has {}, and needs {}", area_text(w * h), area_text(area)), std::abs(w * h - area));
    } else if (w + 1 < die.soft->least_aspect * (h - 1) || w - 1 > die.soft->largest_aspect * (h + 1)) {
      add(fmt::format("is {}, width by height {:.4g}, which must lie from {:.4g} to {:.4g}", size_text(is),
                      w / h, die.soft->least_aspect, die.soft->largest_aspect),
          w / h);
    }
  }
}

void fixed(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const auto& wanted = problem.dies[d].fixed;
    if (!wanted || *wanted == layout.dies[d]) continue;
    const Point by = layout.dies[d].low - wanted->low;
    found.push_back({.message = by == Point{}
                                    ? fmt::format("{} is fixed at {} degrees, but turned by {}",
                                                  quoted(problem, d), geometry::degrees(wanted->rotation),
                                                  geometry::degrees(layout.dies[d].rotation))
                                    : fmt::format("{} is fixed, but stands {} in x and {} in y away",
                                                  quoted(problem, d), length_text(by.x), length_text(by.y)),
                     .amount = static_cast<double>(geometry::manhattan(layout.dies[d].low, wanted->low)),
                     .dies = {d}});
  }
}

}  // namespace marquetry::layout::legality
