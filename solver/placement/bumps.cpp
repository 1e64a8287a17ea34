// Bumps under a module: floor(area / pitch^2) on a square grid; wires over an edge: those of all layers
// together, by its length.
#include "placement/bumps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "layout/text.h"

namespace marquetry::placement {
namespace {

using geometry::Nanometre;
using geometry::Point;
using geometry::Rect;
using geometry::Side;
using layout::Layout;
using layout::Problem;

// What asks for signal bumps of a die: a PHY module, or a link that has none and lies towards a point.
struct Demand {
  double wires{};
  std::optional<Rect> under{};
  Point towards{};
};

BumpMap grid(const Problem& problem, const Layout& layout, std::size_t die) {
  const Nanometre pitch = problem.bumps.pitch;
  const Rect rect = layout::outline(layout, die);
  BumpMap map{.die = die,
              .pitch = pitch,
              .columns = static_cast<std::size_t>(rect.width() / pitch),
              .rows = static_cast<std::size_t>(rect.height() / pitch)};
  const auto margin = [&](Nanometre length, std::size_t count) {
    return (length - (static_cast<Nanometre>(count) - 1) * pitch) / 2;
  };
  map.first = {rect.low.x + margin(rect.width(), map.columns), rect.low.y + margin(rect.height(), map.rows)};
  map.bumps.resize(map.columns * map.rows);
  for (std::size_t i = 0; i < map.bumps.size(); ++i) {
    map.bumps[i] = (i % map.columns + i / map.columns) % 2 == 0 ? Bump::power : Bump::ground;
  }
  return map;
}

// Modules first, at the die's edge first; then the rest, nearest to where it goes.
std::vector<Demand> demands(const Problem& problem, const Layout& layout, std::size_t die) {
  std::vector<Demand> found;
  for (const auto& phy : layout.phys) {
    if (phy.die != die) continue;
    const double area = geometry::area(phy.rect) / std::pow(static_cast<double>(problem.bumps.pitch), 2);
    // Of a PHY to the outside no wires are known: as many as its bumps leave beside power and ground.
    const double wires = phy.link && problem.links[*phy.link].phy
                             ? problem.links[*phy.link].phy->wires
                             : std::floor(area * (1 - problem.bumps.power_share));
    const Point middle{(phy.rect.low.x + phy.rect.high.x) / 2, (phy.rect.low.y + phy.rect.high.y) / 2};
    Point edge = middle;
    switch (phy.side) {
      case Side::bottom:
        edge.y = phy.rect.low.y;
        break;
      case Side::right:
        edge.x = phy.rect.high.x;
        break;
      case Side::top:
        edge.y = phy.rect.high.y;
        break;
      case Side::left:
        edge.x = phy.rect.low.x;
        break;
    }
    found.push_back({wires, phy.rect, edge});
  }
  for (const auto& link : problem.links) {
    if (link.phy || (link.a != die && link.b != die)) continue;
    const Rect other = layout::outline(layout, link.a == die ? link.b : link.a);
    found.push_back({link.wires, {}, {(other.low.x + other.high.x) / 2, (other.low.y + other.high.y) / 2}});
  }
  return found;
}

// How many of `wires` found no free bump.
double take(BumpMap& map, const Demand& demand) {
  std::vector<std::pair<Nanometre, std::size_t>> sites;  // by distance
  for (std::size_t i = 0; i < map.bumps.size(); ++i) {
    const Point at = centre(map, i % map.columns, i / map.columns);
    if (map.bumps[i] == Bump::signal) continue;
    if (demand.under && !geometry::contains(*demand.under, {at, at})) continue;
    sites.push_back({geometry::manhattan(at, demand.towards), i});
  }
  const auto wanted = static_cast<std::size_t>(std::ceil(std::max(0.0, demand.wires)));
  const std::size_t count = std::min(wanted, sites.size());
  std::ranges::nth_element(sites, sites.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t k = 0; k < count; ++k) map.bumps[sites[k].second] = Bump::signal;
  return static_cast<double>(wanted - count);
}

void check(const Problem& problem, const BumpMap& map, std::vector<std::string>& complaints) {
  const auto die = layout::quoted(problem, map.die);
  if (map.homeless > 0)
    complaints.push_back(
        fmt::format("{:.0f} signals of {} find no bump under their PHYs", map.homeless, die));
  const auto sites = static_cast<double>(map.bumps.size());
  const double supply = static_cast<double>(map.power + map.ground),
               least = std::ceil(problem.bumps.power_share * sites);
  if (supply >= least) return;
  complaints.push_back(fmt::format("{} has {:.0f} of {:.0f} bumps for power and ground, and needs {:.0f}",
                                   die, supply, sites, least));
}

std::vector<Escape> escapes(const Problem& problem, const Layout& layout) {
  std::map<std::pair<std::size_t, Side>, double> wires;
  for (const auto& phy : layout.phys) {
    if (phy.link && problem.links[*phy.link].phy)
      wires[{phy.die, phy.side}] += problem.links[*phy.link].phy->wires;
  }
  std::vector<Escape> found;
  for (const auto& [where, count] : wires) {
    const Rect rect = layout::outline(layout, where.first);
    const auto edge =
        static_cast<double>(geometry::is_vertical(where.second) ? rect.height() : rect.width()) / 1e6;
    found.push_back({where.first, where.second, count, std::floor(problem.bumps.escape_per_mm * edge)});
  }
  return found;
}

}  // namespace

BumpPlan plan_bumps(const Problem& problem, const Layout& layout) {
  BumpPlan plan;
  for (std::size_t d = 0; d < problem.dies.size() && problem.bumps.pitch > 0; ++d) {
    if (problem.dies[d].on) continue;
    auto map = grid(problem, layout, d);
    for (const auto& demand : demands(problem, layout, d)) map.homeless += take(map, demand);
    map.signals = static_cast<std::size_t>(std::ranges::count(map.bumps, Bump::signal));
    map.power = static_cast<std::size_t>(std::ranges::count(map.bumps, Bump::power));
    map.ground = map.bumps.size() - map.signals - map.power;
    check(problem, map, plan.complaints);
    plan.maps.push_back(std::move(map));
  }
  plan.escapes = escapes(problem, layout);
  constexpr std::array names{"bottom", "right", "top", "left"};
  for (const auto& escape : plan.escapes) {
    if (problem.bumps.escape_per_mm <= 0 || escape.wires <= escape.room) continue;
    plan.complaints.push_back(fmt::format("{:.0f} wires leave {} over its {} edge, which lets {:.0f} out",
                                          escape.wires, layout::quoted(problem, escape.die),
                                          names[geometry::index(escape.side)], escape.room));
  }
  return plan;
}

}  // namespace marquetry::placement
