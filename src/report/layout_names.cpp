#include "report/layout_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "layout/text.h"
#include "report/layout_look.h"

namespace marquetry::report {
namespace {

using geometry::Nanometre;
using geometry::Rect;
using layout::Layout;
using layout::Problem;

// The part of a die that no PHY covers, as far as they leave most of it; beside the largest that stands on
// it.
Rect free_part(const Problem& problem, const Layout& layout, std::size_t die) {
  const Rect whole = layout::outline(layout, die);
  Rect rest = whole;
  for (const auto& phy : layout.phys) {
    if (phy.die != die) continue;
    if (phy.side == layout::Side::left) rest.low.x = std::max(rest.low.x, phy.rect.high.x);
    if (phy.side == layout::Side::right) rest.high.x = std::min(rest.high.x, phy.rect.low.x);
    if (phy.side == layout::Side::bottom) rest.low.y = std::max(rest.low.y, phy.rect.high.y);
    if (phy.side == layout::Side::top) rest.high.y = std::min(rest.high.y, phy.rect.low.y);
  }
  const bool most = 2 * rest.width() > whole.width() && 2 * rest.height() > whole.height();
  if (!most) rest = whole;
  for (std::size_t i = 0; i < problem.dies.size(); ++i) {
    if (problem.dies[i].on != die) continue;
    const Rect above = layout::outline(layout, i), from = rest;
    const std::array<Rect, 4> strips{
        Rect{from.low, {from.high.x, above.low.y}}, Rect{{from.low.x, above.high.y}, from.high},
        Rect{from.low, {above.low.x, from.high.y}}, Rect{{above.high.x, from.low.y}, from.high}};
    rest = *std::ranges::max_element(strips, {},
                                     [](const Rect& r) { return std::min(r.width(), 3 * r.height()); });
  }
  return rest.width() > 0 && rest.height() > 0 ? rest : whole;
}

geometry::Point middle_of(const Rect& r) { return {(r.low.x + r.high.x) / 2, (r.low.y + r.high.y) / 2}; }

}  // namespace

std::vector<std::size_t> drawing_order(const layout::Problem& problem) {
  std::vector<std::size_t> height(problem.dies.size()), order(problem.dies.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    for (auto on = problem.dies[i].on; on && height[i] <= order.size(); on = problem.dies[*on].on)
      ++height[i];
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return height[i]; });
  return order;
}

void write_name(Svg& svg, const Problem& problem, const Layout& layout, std::size_t i) {
  const Rect rect = free_part(problem, layout, i);
  const auto& die = problem.dies[i];
  const double w = svg.pixels(rect.width()), h = svg.pixels(rect.height());
  const bool upright = w >= h * 0.75 || w > 9.0 * static_cast<double>(die.name.size());
  const double along = upright ? w : h, across = upright ? h : w;
  const double size =
      std::min({17.0, 0.9 * along / (0.6 * static_cast<double>(std::max<std::size_t>(3, die.name.size()))),
                0.5 * across});
  if (size < 4) return;
  const auto middle = svg.at(middle_of(rect));
  auto note =
      layout::rough_size_text({layout::outline(layout, i).width(), layout::outline(layout, i).height()});
  if (die.power > 0) note += fmt::format(", {:.3g} W", die.power);
  const double small = std::min(0.68 * size, 0.92 * along / (0.55 * static_cast<double>(note.size())));
  const bool two = small >= 5 && across > 2.6 * size;
  const auto turn = [&](Pixel at, std::string_view colour, std::string_view weight) {
    return fmt::format("text-anchor=\"middle\" {} {}{}", colour, weight,
                       upright ? "" : fmt::format(" transform=\"rotate(-90 {:.2f} {:.2f})\"", at.x, at.y));
  };
  const auto line = [&](double offset) {
    return upright ? Pixel{middle.x, middle.y + offset} : Pixel{middle.x + offset, middle.y};
  };
  const auto first = line(two ? -0.05 * size : 0.35 * size);
  svg.text(first, size, die.name, turn(first, look::ink, "font-weight=\"600\""));
  const auto second = line(1.05 * size);
  if (two) svg.text(second, small, note, turn(second, look::faint, ""));
}

}  // namespace marquetry::report
