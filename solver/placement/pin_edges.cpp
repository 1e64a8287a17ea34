#include "placement/pin_edges.h"

#include <algorithm>
#include <limits>

namespace marquetry::placement {
namespace {

std::vector<Nanometre> all_lines(const std::vector<Nanometre>& given, Nanometre field, Nanometre length) {
  auto lines = given;
  for (Nanometre at = field; field > 0 && at < length; at += field) lines.push_back(at);
  std::ranges::sort(lines);
  return lines;
}

constexpr Nanometre nowhere = std::numeric_limits<Nanometre>::max() / 4;

}  // namespace

Edges::Edges(const layout::Problem& problem, const layout::Layout& layout) {
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const Rect rect = layout::outline(layout, d);
    const Nanometre corner = problem.dies[d].corner;
    const Interval x{rect.low.x + corner, rect.high.x - corner}, y{rect.low.y + corner, rect.high.y - corner};
    edges_.push_back({d, Side::bottom, rect.low.y, x.low, x.high});
    edges_.push_back({d, Side::right, rect.high.x, y.low, y.high});
    edges_.push_back({d, Side::top, rect.high.y, x.low, x.high});
    edges_.push_back({d, Side::left, rect.low.x, y.low, y.high});
    auto& zones = zones_.emplace_back();
    for (const auto& zone : problem.dies[d].tsv_zones) {
      zones.push_back(geometry::placed(layout.dies[d], layout.sizes[d], zone));
    }
  }
  blocked_.resize(problem.dies.size());
  const auto field = problem.carrier.field.value_or(geometry::Size{});
  stitch_x_ = all_lines(problem.carrier.stitch_x, field.width, layout.carrier.high.x);
  stitch_y_ = all_lines(problem.carrier.stitch_y, field.height, layout.carrier.high.y);
}

void Edges::unblock() {
  for (auto& rects : blocked_) rects.clear();
}

Rect Edges::rect(std::size_t edge, Nanometre position, Shape shape) const {
  const auto& e = edges_[edge];
  const bool inwards = e.side == Side::bottom || e.side == Side::left;  // the die lies at greater coordinates
  const Interval across = inwards ? Interval{e.at, e.at + shape.depth} : Interval{e.at - shape.depth, e.at};
  if (geometry::is_vertical(e.side)) return {{across.low, position}, {across.high, position + shape.width}};
  return {{position, across.low}, {position + shape.width, across.high}};
}

// Along the edge, of the first thing in the way; a line takes no length.
std::optional<Interval> Edges::hindrance(std::size_t edge, Nanometre position, Shape shape) const {
  const auto& e = edges_[edge];
  const Rect own = rect(edge, position, shape);
  const bool vertical = geometry::is_vertical(e.side);
  for (const auto* rects : {&zones_[e.die], &blocked_[e.die]}) {
    for (const auto& r : *rects) {
      if (!geometry::overlap(r, own)) continue;
      return vertical ? Interval{r.low.y, r.high.y} : Interval{r.low.x, r.high.x};
    }
  }
  const auto crossed = [](const std::vector<Nanometre>& lines, Nanometre low,
                          Nanometre high) -> std::optional<Nanometre> {
    const auto line = std::ranges::upper_bound(lines, low);
    if (line == lines.end() || *line >= high) return std::nullopt;
    return *line;
  };
  const auto in_x = crossed(stitch_x_, own.low.x, own.high.x),
             in_y = crossed(stitch_y_, own.low.y, own.high.y);
  if (vertical ? in_x : in_y) return Interval{-nowhere, nowhere};  // inside the die, along the whole edge
  if (const auto line = vertical ? in_y : in_x) return Interval{*line, *line};
  return std::nullopt;
}

Nanometre Edges::next_free(std::size_t edge, Nanometre from, Shape shape) const {
  while (const auto in_the_way = hindrance(edge, from, shape)) {
    from = in_the_way->high;
    if (from >= nowhere) break;
  }
  return from;
}

Nanometre Edges::last_free(std::size_t edge, Nanometre from, Shape shape) const {
  while (const auto in_the_way = hindrance(edge, from, shape)) {
    from = in_the_way->low - shape.width;
    if (from <= -nowhere) break;
  }
  return from;
}

bool Edges::fit(std::size_t edge, std::vector<Shape> shapes) const {
  std::ranges::stable_sort(shapes, std::greater{}, &Shape::width);
  std::vector<Interval> gaps{{edges_[edge].low, edges_[edge].high}};
  for (const auto& shape : shapes) {
    bool placed = false;
    for (std::size_t g = 0; g < gaps.size() && !placed; ++g) {
      const Nanometre at = next_free(edge, gaps[g].low, shape);
      if (at + shape.width > gaps[g].high) continue;
      placed = true;
      const Interval before{gaps[g].low, at};
      gaps[g].low = at + shape.width;
      if (before.length() > 0) gaps.insert(gaps.begin() + static_cast<std::ptrdiff_t>(g), before);
    }
    if (!placed) return false;
  }
  return true;
}

}  // namespace marquetry::placement
