// Rules of embedded bridges: that they carry their links, under both edges, in the allowed sizes, apart.
#include <fmt/format.h>

#include <algorithm>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

bool is_bridged(const Link& link) { return link.phy && link.phy->bridged; }

std::string described(const Problem& problem, const Bridge& bridge) {
  const auto& link = problem.links[bridge.link];
  return fmt::format("the bridge of '{}' between {} and {}", link.name, quoted(problem, link.a),
                     quoted(problem, link.b));
}

// Whether the two dies stand beside (not above) each other: then a bridge lies across a vertical edge.
bool side_by_side(const Layout& layout, const Link& link) {
  const Rect shared = geometry::common(layout::outline(layout, link.a), layout::outline(layout, link.b));
  return shared.width() < shared.height();
}

std::vector<Rect> rects(const Layout& layout) {
  std::vector<Rect> all;
  for (const auto& bridge : layout.bridges) all.push_back(bridge.rect);
  return all;
}

bool any(std::size_t, std::size_t) { return true; }

bool carried(const Layout& layout, std::size_t l, const ModulePair& pair) {
  const Side side = pair.a->side;
  const Span wires = common(span_along(pair.a->rect, side), span_along(pair.b->rect, side));
  return std::ranges::any_of(layout.bridges, [&](const Bridge& bridge) {
    const Span span = span_along(bridge.rect, side);
    return bridge.link == l && span.low <= wires.low && wires.high <= span.high;
  });
}

}  // namespace

void bridge(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& bridge : layout.bridges) {
    const auto& link = problem.links[bridge.link];
    const auto add = [&](const std::string& what) {
      found.push_back({.message = described(problem, bridge) + " " + what, .dies = {link.a, link.b}});
    };
    if (!is_bridged(link)) add("is not wanted: the link has none");
    if (!geometry::contains(layout.carrier, bridge.rect)) add("is not inside the carrier");
  }
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    if (!is_bridged(link) || stacked(problem, link.a, link.b)) continue;
    for (const auto& [module, pair] : module_pairs(problem, layout, l)) {
      const auto path = between(pair.a->rect, pair.a->side, pair.b->rect, pair.b->side);
      if (link.phy->faces && !path) continue;  // the rule `facing` says so
      if (path && carried(layout, l, pair)) continue;
      found.push_back({.message = fmt::format(
                           "module {} of '{}' between {} and {} {}", module, link.name,
                           quoted(problem, link.a), quoted(problem, link.b),
                           path ? "has no bridge under it" : "does not face, so that no bridge can carry it"),
                       .dies = {link.a, link.b}});
    }
  }
}

void bridge_depth(const Problem& problem, const Layout& layout, Found found) {
  const Nanometre least = std::max<Nanometre>(1, problem.bridges.under_die);
  for (const auto& bridge : layout.bridges) {
    const auto& link = problem.links[bridge.link];
    for (const auto die : {link.a, link.b}) {
      const Rect under = geometry::common(bridge.rect, layout::outline(layout, die));
      const bool across_x = side_by_side(layout, link);
      const Nanometre is = across_x ? under.width() : under.height(),
                      along = across_x ? under.height() : under.width();
      if (is >= least && along > 0) continue;
      found.push_back(
          {.message = fmt::format("{} reaches {} under {}, and needs {}", described(problem, bridge),
                                  length_text(along > 0 ? std::max<Nanometre>(0, is) : 0),
                                  quoted(problem, die), length_text(least)),
           .amount = static_cast<double>(least - (along > 0 ? is : 0)),
           .dies = {die}});
    }
  }
}

void bridge_size(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.bridges;
  const auto [least_short, least_long] = std::minmax(rules.least.width, rules.least.height);
  const auto [most_short, most_long] = std::minmax(rules.largest.width, rules.largest.height);
  for (const auto& bridge : layout.bridges) {
    const auto [is_short, is_long] = std::minmax({bridge.rect.width(), bridge.rect.height()});
    const Size is{bridge.rect.width(), bridge.rect.height()};
    const bool small = is_short < std::max<Nanometre>(1, least_short) || is_long < least_long;
    const bool large = most_long > 0 && (is_short > most_short || is_long > most_long);
    if (!small && !large) continue;
    found.push_back(
        {.message =
             fmt::format("{} is {}, and must be {} {}", described(problem, bridge), size_text(is),
                         small ? "at least" : "at most", size_text(small ? rules.least : rules.largest)),
         .amount = static_cast<double>(small ? std::max(least_short - is_short, least_long - is_long)
                                             : std::max(is_short - most_short, is_long - most_long)),
         .dies = {problem.links[bridge.link].a, problem.links[bridge.link].b}});
  }
}

void bridge_count(const Problem& problem, const Layout& layout, Found found) {
  const std::size_t most = problem.bridges.most, is = layout.bridges.size();
  if (most == 0 || is <= most) return;
  found.push_back({.message = fmt::format("there are {} bridges, and may be {}", is, most),
                   .amount = static_cast<double>(is - most)});
}

void bridge_overlap(const Problem& problem, const Layout& layout, Found found) {
  const auto all = rects(layout);
  for (const auto& [i, j] : neighbours(all, 0, any)) {
    const Rect shared = geometry::common(all[i], all[j]);
    found.push_back({.message = fmt::format("{} overlaps {} by {}", described(problem, layout.bridges[i]),
                                            described(problem, layout.bridges[j]),
                                            size_text({shared.width(), shared.height()})),
                     .amount = static_cast<double>(std::min(shared.width(), shared.height()))});
  }
}

void bridge_gap(const Problem& problem, const Layout& layout, Found found) {
  const auto all = rects(layout);
  const Nanometre gap = problem.bridges.gap;
  const auto apart = [&](std::size_t i, std::size_t j) { return !geometry::overlap(all[i], all[j]); };
  for (const auto& [i, j] : neighbours(all, gap, apart)) {
    const Rect shared = geometry::common(all[i], all[j]);
    const Nanometre is = -std::min(shared.width(), shared.height());
    found.push_back(
        {.message = fmt::format("{} is {} from {}, and needs {}", described(problem, layout.bridges[i]),
                                length_text(is), described(problem, layout.bridges[j]), length_text(gap)),
         .amount = static_cast<double>(gap - is)});
  }
}

}  // namespace marquetry::layout::legality
