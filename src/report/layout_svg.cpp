#include "report/layout_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "layout/text.h"
#include "report/layout_look.h"
#include "report/layout_names.h"
#include "report/svg.h"

namespace marquetry::report {
namespace {

using geometry::Nanometre;
using geometry::Point;
using geometry::Rect;
using layout::Layout;
using layout::Problem;

constexpr double picture = 900, narrowest = 620, margin = 28, title_height = 46, legend_line = 24;  // pixels
constexpr std::size_t most_labels = 400;

Point centre(const Rect& r) { return {(r.low.x + r.high.x) / 2, (r.low.y + r.high.y) / 2}; }

// Where a line between two middles begins: a third of its way through the first die before its border, so
// that names stay free.
Point start(const Rect& from, Point to) {
  const auto c = centre(from);
  const double dx = static_cast<double>(to.x - c.x), dy = static_cast<double>(to.y - c.y);
  const double reach = std::min(dx == 0 ? 1 : static_cast<double>(from.width()) / 2 / std::abs(dx),
                                dy == 0 ? 1 : static_cast<double>(from.height()) / 2 / std::abs(dy));
  const double at = 0.65 * std::min(1.0, reach);
  return {c.x + std::llround(at * dx), c.y + std::llround(at * dy)};
}

struct LegendEntry {
  std::string_view style{}, words{};
  bool is_line{};
};

struct Picture {
  const Problem& problem;
  const Layout& layout;
  Svg svg;
  std::vector<LegendEntry> legend{};

  void meaning(std::string_view style, std::string_view words, bool is_line = false) {
    const auto known = [&](const auto& entry) { return entry.words == words; };
    if (std::ranges::none_of(legend, known)) legend.push_back({style, words, is_line});
  }

  void grounds();
  void rules();
  void dies();
  void phys();
  void bridges();
  void links();
  void bundle(Point a, Point b, double width);
  void terminals();
  double explain(double top, double width);
  void scale_bar(double left, double top);
};

void Picture::grounds() {
  svg.open("package");
  if (layout.package.width() > 0) {
    svg.rect(layout.package, look::package);
    if (!(layout.package == layout.carrier)) meaning(look::package, "package");
  }
  svg.close();
  svg.open("carrier");
  if (layout.carrier.width() > 0) {
    svg.rect(layout.carrier, look::carrier,
             "carrier " + layout::rough_size_text({layout.carrier.width(), layout.carrier.height()}));
    meaning(look::carrier, "carrier");
  }
  svg.close();
  svg.open("heat");
  svg.close();
}

void Picture::rules() {
  svg.open("rules");
  for (const auto& zone : problem.keep_outs) {
    svg.rect(zone.rect, look::keep_out, zone.name);
    meaning(look::keep_out, "keep-out");
  }
  svg.close();
}

// Given lines, or else the borders of exposures; a field of 0 is none.
std::vector<Nanometre> stitches(std::vector<Nanometre> lines, Nanometre field, Nanometre end) {
  if (!lines.empty() || field <= 0) return lines;
  for (auto at = field; at < end; at += field) lines.push_back(at);
  return lines;
}

void draw_stitches(Picture& p) {
  const auto& rules = p.problem.carrier;
  const auto& carrier = p.layout.carrier;
  p.svg.open("stitches");
  const auto field = rules.field.value_or(layout::Size{});
  const auto xs = stitches(rules.stitch_x, field.width, carrier.width()),
             ys = stitches(rules.stitch_y, field.height, carrier.height());
  for (const auto x : xs)
    p.svg.line(p.svg.at({x, carrier.low.y}), p.svg.at({x, carrier.high.y}), look::stitch);
  for (const auto y : ys)
    p.svg.line(p.svg.at({carrier.low.x, y}), p.svg.at({carrier.high.x, y}), look::stitch);
  if (!xs.empty() || !ys.empty()) p.meaning(look::stitch, "stitch line", true);
  p.svg.close();
}

void Picture::dies() {
  svg.open("dies");
  for (const auto i : drawing_order(problem)) {
    const auto& die = problem.dies[i];
    const auto rect = layout::outline(layout, i);
    const auto style = die.on ? look::stacked : die.is_memory ? look::memory : look::die;
    if (die.ring > 0) svg.rect(geometry::widened(rect, die.ring), look::ring);
    if (die.ring > 0) meaning(look::ring, "bump ring");
    svg.rect(rect, style,
             fmt::format("{}, {}", die.name, layout::rough_size_text({rect.width(), rect.height()})));
    meaning(style, die.on ? "stacked die" : die.is_memory ? "memory" : "die");
    for (const auto& zone : die.tsv_zones) {
      svg.rect(geometry::placed(layout.dies[i], layout.sizes[i], zone), look::tsv);
      meaning(look::tsv, "TSVs");
    }
    // The corner that is the lower left of the unturned die.
    const double side = std::min(7.0, 0.12 * svg.pixels(std::min(rect.width(), rect.height())));
    const auto corner = svg.at(geometry::placed(layout.dies[i], layout.sizes[i], Point{}));
    const auto middle = svg.at(centre(rect));
    const double dx = middle.x > corner.x ? side : -side, dy = middle.y > corner.y ? side : -side;
    if (side > 1.5) svg.triangle(corner, {corner.x + dx, corner.y}, {corner.x, corner.y + dy}, look::mark);
  }
  svg.close();
}

void Picture::phys() {
  svg.open("phys");
  for (const auto& phy : layout.phys) {
    const auto style = phy.link ? look::phy : look::external;
    const auto name = phy.link ? problem.links[*phy.link].name : problem.externals[*phy.external].name;
    svg.rect(phy.rect, style, name);
    meaning(style, phy.link ? "PHY" : "PHY to the outside");
  }
  svg.close();
}

void Picture::bridges() {
  svg.open("bridges");
  for (const auto& bridge : layout.bridges) {
    svg.rect(bridge.rect, look::bridge, problem.links[bridge.link].name);
    meaning(look::bridge, "bridge");
  }
  svg.close();
}

void Picture::bundle(Point a, Point b, double width) {
  svg.line(svg.at(a), svg.at(b), fmt::format("stroke-width=\"{:.2f}\" {}", width, look::link));
}

// Module to module where PHYs are placed, else from centre to centre, as wide as the root of the wires.
void Picture::links() {
  std::map<std::pair<std::size_t, std::size_t>, const layout::PlacedPhy*>
      modules;                                                  // of end a, by link and number
  std::map<std::pair<std::size_t, std::size_t>, double> pairs;  // wires by pair of dies
  for (const auto& phy : layout.phys) {
    if (phy.link && problem.links[*phy.link].a == phy.die) modules[{*phy.link, phy.module}] = &phy;
  }
  for (const auto& link : problem.links) {
    if (!link.phy || layout.phys.empty()) pairs[std::minmax(link.a, link.b)] += link.wires;
  }
  for (const auto& net : problem.nets) {
    if (net.pins.size() == 2 && net.pins[0].die && net.pins[1].die && net.pins[0].die != net.pins[1].die)
      pairs[std::minmax(*net.pins[0].die, *net.pins[1].die)] += net.weight;
  }
  svg.open("links");
  double most = 0;
  for (const auto& [pair, wires] : pairs) most = std::max(most, wires);
  for (const auto& [pair, wires] : pairs) {
    if (wires <= 0) continue;
    const auto a = layout::outline(layout, pair.first), b = layout::outline(layout, pair.second);
    bundle(start(a, centre(b)), start(b, centre(a)), std::max(0.6, 7 * std::sqrt(wires / most)));
    meaning(look::link, "wires, the more the wider", true);
  }
  for (const auto& phy : layout.phys) {
    if (!phy.link || problem.links[*phy.link].b != phy.die) continue;
    const auto other = modules.find({*phy.link, phy.module});
    if (other == modules.end()) continue;
    svg.line(svg.at(centre(phy.rect)), svg.at(centre(other->second->rect)), look::wire);
    meaning(look::wire, "module to module", true);
  }
  svg.close();
}

void Picture::terminals() {
  svg.open("terminals");
  for (const auto& at : problem.terminals) svg.circle(svg.at(at), 1.8, look::terminal);
  if (!problem.terminals.empty()) meaning(R"(fill="#333333" rx="7")", "terminal");
  svg.close();
}

// The longest of 1, 2, 5 times a power of ten within a fifth of the picture.
void Picture::scale_bar(double left, double top) {
  const double room = picture / 5 / svg.pixels(1'000'000) * 1e6;  // nm
  double length = std::pow(10, std::floor(std::log10(room)));
  for (const double times : {5.0, 2.0}) {
    if (length * times <= room) {
      length *= times;
      break;
    }
  }
  const double width = length / 1e6 * svg.pixels(1'000'000);
  svg.open("scale");
  svg.rect({left, top}, width, 4, look::ink);
  svg.rect({left + width / 2, top + 1}, width / 2 - 1, 2, R"(fill="#ffffff")");
  svg.text({left, top + 18}, 12, layout::length_text(std::llround(length)), look::faint);
  svg.close();
}

// Below the picture; its height in pixels.
double Picture::explain(double top, double width) {
  svg.open("legend");
  double x = margin + picture / 4, y = top;
  for (const auto& [style, words, is_line] : legend) {
    const double needed = 38 + 7.2 * static_cast<double>(words.size());
    if (x + needed > width - margin / 2) {
      x = margin + picture / 4;
      y += legend_line;
    }
    if (is_line)
      svg.line({x, y + 6}, {x + 18, y + 6},
               fmt::format("{}{}", style == look::link ? "stroke-width=\"3\" " : "", style));
    else
      svg.rect({x, y}, 18, 12, style);
    svg.text({x + 24, y + 10.5}, 12, words, look::faint);
    x += needed;
  }
  svg.close();
  return y - top + legend_line;
}

Rect frame_of(const Problem& problem, const Layout& layout) {
  Rect frame = layout::bounding_box(layout);
  if (layout.carrier.width() > 0) frame = geometry::hull(frame, layout.carrier);
  if (layout.package.width() > 0) frame = geometry::hull(frame, layout.package);
  for (const auto& at : problem.terminals) frame = geometry::hull(frame, {at, at});
  return frame;
}

}  // namespace

std::string layout_svg(const Problem& problem, const Layout& layout) {
  const auto frame = frame_of(problem, layout);
  const double longest = static_cast<double>(std::max({Nanometre{1}, frame.width(), frame.height()}));
  const double scale = picture / longest;
  Picture p{problem, layout, Svg{frame, scale, margin, title_height + 8}};
  const double width = std::max(narrowest, p.svg.pixels(frame.width())) + 2 * margin,
               bottom = title_height + 8 + p.svg.pixels(frame.height()) + 22;
  p.svg.text({margin, 30}, 20, problem.name, fmt::format("font-weight=\"600\" {}", look::ink));
  const auto box = layout::bounding_box(layout);
  p.svg.text({width - margin, 30}, 13,
             fmt::format("{} {} in {}", problem.dies.size(), problem.dies.size() == 1 ? "die" : "dies",
                         layout::rough_size_text({box.width(), box.height()})),
             fmt::format("text-anchor=\"end\" {}", look::faint));
  p.grounds();
  p.rules();
  p.dies();
  draw_stitches(p);
  p.bridges();
  p.phys();
  p.links();
  p.terminals();
  if (problem.dies.size() <= most_labels) {
    p.svg.open("names");
    for (std::size_t i = 0; i < problem.dies.size(); ++i) write_name(p.svg, problem, layout, i);
    p.svg.close();
  }
  p.scale_bar(margin, bottom);
  const double legend_height = p.explain(bottom, width);
  return p.svg.file(width, bottom + std::max(legend_height, 26.0) + margin / 2, problem.name, look::patterns);
}

}  // namespace marquetry::report
