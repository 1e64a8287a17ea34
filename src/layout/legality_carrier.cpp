// Rules of what carries the dies: its size, its box of dies, stitch lines, bumps, and the package round it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

Size size_of(const Rect& rect) { return {rect.width(), rect.height()}; }

// By how much it does not fit into the other, in the better of both ways round.
Nanometre excess(Size size, Size limit) {
  const auto one_way = std::max(size.width - limit.width, size.height - limit.height);
  const auto other_way = std::max(size.height - limit.width, size.width - limit.height);
  return std::min(one_way, other_way);
}

bool in_exposures(const Carrier& carrier) {
  return carrier.field && carrier.field->width > 0 && carrier.field->height > 0;
}

std::string with_exposures(const Carrier& carrier, double area) {
  if (!in_exposures(carrier)) return area_text(area);
  return fmt::format("{} ({:.3g} exposures)", area_text(area), area / geometry::area(*carrier.field));
}

// The given lines and those between exposures, inside the carrier.
std::vector<Nanometre> stitch_lines(std::vector<Nanometre> given, Nanometre low, Nanometre high,
                                    Nanometre field) {
  for (Nanometre at = low + field; field > 0 && at < high; at += field) given.push_back(at);
  return given;
}

}  // namespace

void carrier(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.carrier;
  const Size is = size_of(layout.carrier);
  if (layout.carrier.low != Point{}) {
    found.push_back({.message = "the carrier's lower-left corner is not the origin",
                     .amount = static_cast<double>(geometry::manhattan(layout.carrier.low, {}))});
  }
  if (rules.fixed && is != *rules.fixed) {
    found.push_back({.message = fmt::format("the carrier is drawn as {}, but is {}", size_text(is),
                                            size_text(*rules.fixed)),
                     .amount = static_cast<double>(std::max(std::abs(is.width - rules.fixed->width),
                                                            std::abs(is.height - rules.fixed->height)))});
  }
  if (rules.fixed || !rules.largest) return;
  if (const auto by = excess(is, *rules.largest); by > 0) {
    found.push_back({.message = fmt::format("the carrier is {}, {} more than the largest, {}", size_text(is),
                                            length_text(by), size_text(*rules.largest)),
                     .amount = static_cast<double>(by)});
  }
}

void carrier_area(const Problem& problem, const Layout& layout, Found found) {
  const double is = geometry::area(layout.carrier), most = problem.carrier.largest_area;
  if (most <= 0 || is <= most) return;
  found.push_back(
      {.message = fmt::format("the carrier has {}, and may have {}", with_exposures(problem.carrier, is),
                              with_exposures(problem.carrier, most)),
       .amount = is - most});
}

void aspect(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.carrier;
  const Size box = size_of(bounding_box(layout));
  const auto w = static_cast<double>(box.width), h = static_cast<double>(box.height);
  const bool narrow = rules.least_aspect > 0 && w<rules.least_aspect * h, wide = rules.largest_aspect> 0 &&
                      w > rules.largest_aspect * h;
  if (!narrow && !wide) return;
  found.push_back(
      {.message = fmt::format(
           "the box round the dies is {}, width by height {:.4g}, which must be at {} {:.4g}", size_text(box),
           w / h, narrow ? "least" : "most", narrow ? rules.least_aspect : rules.largest_aspect),
       .amount = w / h});
}

void utilisation(const Problem& problem, const Layout& layout, Found found) {
  double dies = 0;
  for (std::size_t d = 0; d < layout.sizes.size(); ++d)
    dies += problem.dies[d].on ? 0 : geometry::area(layout.sizes[d]);
  const double least = problem.carrier.least_utilisation, box = geometry::area(bounding_box(layout));
  if (least <= 0 || dies >= least * box) return;
  found.push_back(
      {.message = fmt::format("the dies fill {:.4g} % of the box round them, and must fill {:.4g} %",
                              100 * dies / box, 100 * least),
       .amount = least - dies / box});
}

void package(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.carrier;
  const Rect inner = geometry::widened(layout.carrier, rules.package_edge), &outer = layout.package;
  if (!geometry::contains(outer, inner)) {
    const auto by = std::max({outer.low.x - inner.low.x, outer.low.y - inner.low.y,
                              inner.high.x - outer.high.x, inner.high.y - outer.high.y});
    found.push_back({.message = fmt::format("the package is {} too small for the carrier and the {} round it",
                                            length_text(by), length_text(rules.package_edge)),
                     .amount = static_cast<double>(by)});
  }
  if (!rules.package) return;
  const Size is = size_of(outer);
  if (is != *rules.package) {
    found.push_back({.message = fmt::format("the package is drawn as {}, but is {}", size_text(is),
                                            size_text(*rules.package)),
                     .amount = static_cast<double>(std::max(std::abs(is.width - rules.package->width),
                                                            std::abs(is.height - rules.package->height)))});
    return;
  }
  const Point off = (layout.carrier.low + layout.carrier.high) - (outer.low + outer.high);  // twice
  if (std::max(std::abs(off.x), std::abs(off.y)) > 1) {
    found.push_back({.message = fmt::format("the carrier is off the package's centre by {} in x and {} in y",
                                            length_text(off.x / 2), length_text(off.y / 2)),
                     .amount = static_cast<double>(std::max(std::abs(off.x), std::abs(off.y))) / 2});
  }
}

void stitch(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.carrier;
  const Size field = in_exposures(rules) ? *rules.field : Size{};
  const Rect& all = layout.carrier;
  const auto in_x = stitch_lines(rules.stitch_x, all.low.x, all.high.x, field.width),
             in_y = stitch_lines(rules.stitch_y, all.low.y, all.high.y, field.height);
  for (const auto& phy : layout.phys) {
    const auto check = [&](Nanometre low, Nanometre high, const std::vector<Nanometre>& lines, char axis) {
      for (const auto line : lines) {
        if (line <= low || line >= high) continue;
        found.push_back({.message = fmt::format("a PHY of {} crosses the stitch line at {} = {}",
                                                quoted(problem, phy.die), axis, length_text(line)),
                         .amount = static_cast<double>(std::min(line - low, high - line)),
                         .dies = {phy.die}});
      }
    };
    check(phy.rect.low.x, phy.rect.high.x, in_x, 'x');
    check(phy.rect.low.y, phy.rect.high.y, in_y, 'y');
  }
}

// Signals of a die against the bumps that power and ground leave on its grid; and of each PHY module against
// the bumps under it.
void bumps(const Problem& problem, const Layout& layout, Found found) {
  const auto& rules = problem.bumps;
  if (rules.pitch <= 0) return;
  const auto sites = [&](Size s) {
    return static_cast<double>(s.width / rules.pitch) * static_cast<double>(s.height / rules.pitch);
  };
  std::vector<double> signals(problem.dies.size());
  for (const auto& link : problem.links) {
    if (stacked(problem, link.a, link.b)) continue;
    signals[link.a] += link.wires;
    signals[link.b] += link.wires;
  }
  for (std::size_t d = 0; d < signals.size(); ++d) {
    const double room = std::floor(sites(layout.sizes[d]) * (1 - rules.power_share));
    if (problem.dies[d].on || signals[d] <= room) continue;
    found.push_back(
        {.message = fmt::format("{} has {:.0f} signals, and bumps for {:.0f} beside power and ground",
                                quoted(problem, d), signals[d], room),
         .amount = signals[d] - room,
         .dies = {d}});
  }
  for (const auto& phy : layout.phys) {
    if (!phy.link || !problem.links[*phy.link].phy) continue;
    const double wires = problem.links[*phy.link].phy->wires;
    const auto area =
        geometry::area(phy.rect) / (static_cast<double>(rules.pitch) * static_cast<double>(rules.pitch));
    if (wires <= std::floor(area)) continue;
    found.push_back({.message = fmt::format("a PHY of {} has {:.0f} wires, and {:.0f} bumps under it",
                                            quoted(problem, phy.die), wires, std::floor(area)),
                     .amount = wires - std::floor(area),
                     .dies = {phy.die}});
  }
}

void escape(const Problem& problem, const Layout& layout, Found found) {
  if (problem.bumps.escape_per_mm <= 0) return;
  std::vector<std::array<double, 4>> wires(problem.dies.size());
  for (const auto& phy : layout.phys) {
    if (phy.link && problem.links[*phy.link].phy)
      wires[phy.die][index(phy.side)] += problem.links[*phy.link].phy->wires;
  }
  for (std::size_t d = 0; d < wires.size(); ++d) {
    for (const Side side : geometry::sides) {
      const double edge = static_cast<double>(span_along(layout::outline(layout, d), side).length()) / 1e6;
      const double room = std::floor(problem.bumps.escape_per_mm * edge), is = wires[d][index(side)];
      if (is <= room) continue;
      found.push_back({.message = fmt::format("{:.0f} wires leave {} over its {} edge, which lets {:.0f} out",
                                              is, quoted(problem, d), name_of(side), room),
                       .amount = is - room,
                       .dies = {d}});
    }
  }
}

}  // namespace marquetry::layout::legality
