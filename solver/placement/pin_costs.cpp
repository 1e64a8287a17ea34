#include "placement/pin_costs.h"

#include <algorithm>

namespace marquetry::placement {

using layout::Layout;
using layout::Link;
using layout::Problem;

bool on_top_of_each_other(const Problem& problem, std::size_t a, std::size_t b) {
  const auto above = [&](std::size_t upper, std::size_t lower) {
    std::size_t steps = 0;
    for (auto on = problem.dies[upper].on; on && steps <= problem.dies.size();
         on = problem.dies[*on].on, ++steps) {
      if (*on == lower) return true;
    }
    return false;
  };
  return above(a, b) || above(b, a);
}

Rect segment(const Edge& e) {
  return geometry::is_vertical(e.side) ? Rect{{e.at, e.low}, {e.at, e.high}}
                                       : Rect{{e.low, e.at}, {e.high, e.at}};
}

bool allowed(const Layout& layout, std::size_t die, const std::optional<Side>& fixed, Side side) {
  return !fixed || geometry::turned(*fixed, layout.dies[die].rotation) == side;
}

bool must_face(const Problem& problem, const Link& link) {
  return (link.phy->faces || link.phy->bridged) && !on_top_of_each_other(problem, link.a, link.b);
}

namespace {

// Nanometres by which a pair of edges is made to look further apart: wires too long for the link; a memory
// that looks away from its host; edges that must face and do not.
constexpr double looks_away = 1e10;
// Of the distance of the edges' middles, so that of edges equally near the better centred is taken.
constexpr double off_centre = 0.01;

// Where the middle of a module of that width may be along an edge.
Rect middles(Edge e, Nanometre width) {
  const Nanometre half = std::min(width, std::max<Nanometre>(0, e.high - e.low)) / 2;
  e.low += half;
  e.high -= half;
  return segment(e);
}

double distance(const Edge& a, const Edge& b, Nanometre width) {
  const Rect one = middles(a, width), other = middles(b, width);
  const Rect shared = geometry::common(one, other);
  const Nanometre apart = std::max<Nanometre>(0, -shared.width()) + std::max<Nanometre>(0, -shared.height());
  return static_cast<double>(apart) +
         off_centre / 2 *
             static_cast<double>(geometry::manhattan(one.low + one.high, other.low + other.high));
}

bool needs_look(const Problem& problem, const Link& link) {
  return problem.dies[link.a].is_memory != problem.dies[link.b].is_memory &&
         !on_top_of_each_other(problem, link.a, link.b);
}

// Whether a memory's edge has its host beside it, whatever the host's edge.
bool looks_at_host(const Problem& problem, const Layout& layout, const Edges& edges, const Link& link,
                   const Edge& a, const Edge& b) {
  const auto& of_memory = problem.dies[link.a].is_memory ? a : b;
  const std::size_t host = problem.dies[link.a].is_memory ? link.b : link.a;
  return window(problem, layout, of_memory, edges[Edges::index(host, geometry::opposite(of_memory.side))])
      .has_value();
}

}  // namespace

std::optional<Interval> window(const Problem& problem, const Layout& layout, const Edge& a, const Edge& b) {
  if (b.side != geometry::opposite(a.side)) return std::nullopt;
  const bool a_first = a.side == Side::right || a.side == Side::top;
  const Nanometre from = a_first ? a.at : b.at, to = a_first ? b.at : a.at;
  const Interval both{std::max(a.low, b.low), std::min(a.high, b.high)};
  if (from > to || both.length() <= 0) return std::nullopt;
  const bool vertical = geometry::is_vertical(a.side);
  const Rect path =
      vertical ? Rect{{from, both.low}, {to, both.high}} : Rect{{both.low, from}, {both.high, to}};
  std::vector<Interval> shadows;
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const Rect die = layout::outline(layout, d);
    if (d == a.die || d == b.die || !geometry::overlap(path, die)) continue;
    if (on_top_of_each_other(problem, d, a.die) || on_top_of_each_other(problem, d, b.die)) continue;
    shadows.push_back(vertical ? Interval{die.low.y, die.high.y} : Interval{die.low.x, die.high.x});
  }
  std::ranges::sort(shadows, {}, &Interval::low);
  Interval best{both.low, both.low};
  Nanometre clear = both.low;
  for (const auto& shadow : shadows) {
    if (shadow.low - clear > best.length()) best = {clear, shadow.low};
    clear = std::max(clear, shadow.high);
  }
  if (both.high - clear > best.length()) best = {clear, both.high};
  return best.length() > 0 ? std::optional{best} : std::nullopt;
}

Choice side_choice(const Problem& problem, const Layout& layout, const Edges& edges, const Link& link) {
  Choice found;
  for (std::size_t j = 0; j < 16; ++j) {
    const auto &a = edges[Edges::index(link.a, geometry::sides[j / 4])],
               &b = edges[Edges::index(link.b, geometry::sides[j % 4])];
    auto& cost = found.costs[j];
    cost = distance(a, b, link.phy->width);
    if (!allowed(layout, link.a, link.phy->side_a, a.side) ||
        !allowed(layout, link.b, link.phy->side_b, b.side)) {
      cost += forbidden;
      continue;
    }
    found.windows[j] = window(problem, layout, a, b);
    if (found.windows[j] && found.windows[j]->length() < link.phy->width) found.windows[j].reset();
    if (must_face(problem, link) && !found.windows[j]) cost += forbidden;
    if (link.phy->reach > 0 && cost > static_cast<double>(link.phy->reach)) cost += too_long;
    if (needs_look(problem, link) && !looks_at_host(problem, layout, edges, link, a, b)) cost += looks_away;
  }
  return found;
}

}  // namespace marquetry::placement
