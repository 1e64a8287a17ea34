// What several rules of the legality checker need.
#include <algorithm>
#include <numeric>

#include "layout/legality_rules.h"

namespace marquetry::layout::legality {

bool stacked(const Problem& problem, std::size_t a, std::size_t b) {
  const auto above = [&](std::size_t upper, std::size_t lower) {
    auto at = problem.dies[upper].on;
    for (std::size_t steps = 0; at && steps < problem.dies.size(); ++steps) {
      if (*at == lower) return true;
      at = problem.dies[*at].on;
    }
    return false;
  };
  return above(a, b) || above(b, a);
}

Rect ringed(const Problem& problem, const Layout& layout, std::size_t die) {
  const Rect rect = layout::outline(layout, die);
  return problem.dies[die].on ? rect : geometry::widened(rect, problem.dies[die].ring);
}

std::vector<std::pair<std::size_t, std::size_t>> neighbours(const std::vector<Rect>& rects, Nanometre reach,
                                                            const PairTest& breaks) {
  constexpr std::size_t most = 10'000;
  std::vector<std::size_t> order(rects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return rects[i].low.x; });
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Rect near = geometry::widened(rects[order[i]], reach);
    for (std::size_t j = i + 1; j < order.size() && rects[order[j]].low.x < near.high.x; ++j) {
      if (!geometry::overlap(near, rects[order[j]])) continue;
      const auto [first, second] = std::minmax(order[i], order[j]);
      if (breaks(first, second)) pairs.emplace_back(first, second);
      if (pairs.size() == most) break;
    }
    if (pairs.size() == most) break;
  }
  std::ranges::sort(pairs);
  return pairs;
}

Span span_along(const Rect& rect, Side side) {
  return geometry::is_vertical(side) ? Span{rect.low.y, rect.high.y} : Span{rect.low.x, rect.high.x};
}

Nanometre coordinate(const Rect& rect, Side side) {
  switch (side) {
    case Side::bottom:
      return rect.low.y;
    case Side::right:
      return rect.high.x;
    case Side::top:
      return rect.high.y;
    default:
      return rect.low.x;
  }
}

Span common(Span a, Span b) { return {std::max(a.low, b.low), std::min(a.high, b.high)}; }

std::optional<Rect> between(const Rect& a, Side side_of_a, const Rect& b, Side side_of_b) {
  if (side_of_b != geometry::opposite(side_of_a)) return std::nullopt;
  const auto [low, high] = std::minmax({coordinate(a, side_of_a), coordinate(b, side_of_b)});
  const bool first_is_a = side_of_a == Side::right || side_of_a == Side::top;
  if ((first_is_a ? coordinate(a, side_of_a) : coordinate(b, side_of_b)) != low) return std::nullopt;
  const Span span = common(span_along(a, side_of_a), span_along(b, side_of_b));
  if (span.length() <= 0) return std::nullopt;
  if (geometry::is_vertical(side_of_a)) return Rect{{low, span.low}, {high, span.high}};
  return Rect{{span.low, low}, {span.high, high}};
}

std::map<std::size_t, ModulePair> module_pairs(const Problem& problem, const Layout& layout,
                                               std::size_t link) {
  std::map<std::size_t, ModulePair> pairs;
  for (const auto& phy : layout.phys) {
    if (phy.link != link) continue;
    auto& pair = pairs[phy.module];
    (phy.die == problem.links[link].a ? pair.a : pair.b) = &phy;
  }
  std::erase_if(pairs, [](const auto& item) { return !item.second.a || !item.second.b; });
  return pairs;
}

std::string_view name_of(Side side) {
  constexpr std::array names{"bottom", "right", "top", "left"};
  return names[index(side)];
}

}  // namespace marquetry::layout::legality
