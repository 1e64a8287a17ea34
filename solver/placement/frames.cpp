#include "placement/frames.h"

#include <algorithm>

namespace marquetry::placement {

using geometry::Nanometre;
using geometry::Point;
using geometry::Rect;
using geometry::Size;

void frame_in(const layout::Problem& problem, layout::Layout& layout) {
  Point far{};
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    const bool stands_here = !problem.dies[d].on;
    const Rect rect = geometry::widened(layout::outline(layout, d), stands_here ? problem.dies[d].ring : 0);
    const Nanometre edge = stands_here ? problem.edge : 0;
    far = {std::max(far.x, rect.high.x + edge), std::max(far.y, rect.high.y + edge)};
  }
  const Size carrier = problem.carrier.fixed.value_or(Size{far.x, far.y});
  layout.carrier = {{}, {carrier.width, carrier.height}};
  const Nanometre edge = problem.carrier.package_edge;
  const Size package =
      problem.carrier.package.value_or(Size{carrier.width + 2 * edge, carrier.height + 2 * edge});
  const Point low{-(package.width - carrier.width) / 2, -(package.height - carrier.height) / 2};
  layout.package = {low, {low.x + package.width, low.y + package.height}};
}

std::vector<Rect> disjoint(const std::vector<Rect>& rects) {
  std::vector<Rect> parts;
  for (const auto& rect : rects) {
    std::vector<Rect> rest{rect};
    for (const auto& other : rects) {
      if (&other == &rect) break;
      std::vector<Rect> left;
      for (const auto& r : rest) {
        if (!geometry::overlap(r, other)) {
          left.push_back(r);
          continue;
        }
        const Rect hole = geometry::common(r, other);
        for (const Rect part : {Rect{r.low, {r.high.x, hole.low.y}}, Rect{{r.low.x, hole.high.y}, r.high},
                                Rect{{r.low.x, hole.low.y}, {hole.low.x, hole.high.y}},
                                Rect{{hole.high.x, hole.low.y}, {r.high.x, hole.high.y}}}) {
          if (part.width() > 0 && part.height() > 0) left.push_back(part);
        }
      }
      rest = std::move(left);
    }
    parts.insert(parts.end(), rest.begin(), rest.end());
  }
  return parts;
}

}  // namespace marquetry::placement
