#include "assemble/phy_sites.h"

#include <algorithm>
#include <optional>

#include "assembly/orientation.h"

namespace marquetry::assemble {
namespace {

using geometry::Nanometre;
using geometry::Side;
using layout::Layout;
using layout::Problem;

// The die as it lies, before its turn, seen from above.
Point within(const Layout& layout, std::size_t die, Point p) {
  return assembly::unplaced(p - layout.dies[die].low, layout.sizes[die], {layout.dies[die].rotation});
}

bool is_over_bridge(const Layout& layout, Point at, std::optional<std::size_t> of_link) {
  return std::ranges::any_of(layout.bridges, [&](const layout::Bridge& b) {
    return (!of_link || b.link == *of_link) && geometry::contains(b.rect, {at, at});
  });
}

void sort_sites(const Grid& grid, Slot& slot) {
  const auto key = [&](std::size_t site) {
    const Point p = grid.at(site);
    switch (slot.side) {
      case Side::bottom:
        return std::pair{p.x, p.y};
      case Side::right:
        return std::pair{p.y, -p.x};
      case Side::top:
        return std::pair{-p.x, -p.y};
      default:
        return std::pair{-p.y, p.x};
    }
  };
  std::ranges::sort(slot.sites, {}, key);
}

// Those under the PHY, of a bridged link those over its bridge.
void find_sites(const Problem& problem, const Layout& layout, std::size_t d, std::size_t s, DieGrid& own) {
  auto& slot = own.slots[s];
  const auto& phy = layout.phys[slot.phy];
  const bool is_bridged = phy.link && problem.links[*phy.link].phy && problem.links[*phy.link].phy->bridged;
  const auto& g = own.grid;
  const auto index = [&](Nanometre at, Nanometre first, std::size_t count) {
    const auto i = at <= first ? 0 : (at - first + g.pitch - 1) / g.pitch;
    return std::min(static_cast<std::size_t>(i), count);
  };
  for (auto row = index(slot.rect.low.y, g.first.y, g.rows); row < g.rows; ++row) {
    for (auto column = index(slot.rect.low.x, g.first.x, g.columns); column < g.columns; ++column) {
      const auto site = row * g.columns + column;
      const Point at = g.at(site);
      if (at.x > slot.rect.high.x) break;
      if (at.y > slot.rect.high.y) return sort_sites(g, slot);
      const Point there = in_package(layout, d, at);
      const bool fits =
          is_bridged ? is_over_bridge(layout, there, phy.link) : !is_over_bridge(layout, there, std::nullopt);
      if (own.slot[site] >= 0 || !fits) continue;
      slot.sites.push_back(site);
      own.slot[site] = static_cast<std::int32_t>(s);
    }
  }
  sort_sites(g, slot);
}

}  // namespace

Point in_package(const layout::Layout& layout, std::size_t die, Point within) {
  return geometry::placed(layout.dies[die], layout.sizes[die], within);
}

Grid grid_in(const geometry::Rect& rect, geometry::Nanometre pitch) {
  Grid out{.pitch = pitch,
           .columns = static_cast<std::size_t>(rect.width() / pitch),
           .rows = static_cast<std::size_t>(rect.height() / pitch)};
  const auto margin = [&](Nanometre length, std::size_t count) {
    return (length - (static_cast<Nanometre>(count) - 1) * pitch) / 2;
  };
  out.first = {rect.low.x + margin(rect.width(), out.columns), rect.low.y + margin(rect.height(), out.rows)};
  return out;
}

DieGrid die_grid(const Problem& problem, const Layout& layout, std::size_t d) {
  DieGrid own;
  const auto size = layout.sizes[d];
  own.grid = grid_in({{0, 0}, {size.width, size.height}}, problem.bumps.pitch);
  own.slot.assign(own.grid.size(), -1);
  for (std::size_t p = 0; p < layout.phys.size(); ++p) {
    const auto& phy = layout.phys[p];
    if (phy.die != d) continue;
    const Point a = within(layout, d, phy.rect.low), b = within(layout, d, phy.rect.high);
    const auto turn = static_cast<int>(layout.dies[d].rotation);
    own.slots.push_back({.phy = p,
                         .side = static_cast<Side>((static_cast<int>(phy.side) + 4 - turn) % 4),
                         .rect = geometry::hull({a, a}, {b, b})});
  }
  std::ranges::sort(own.slots, [](const Slot& a, const Slot& b) {
    const auto key = [](const Slot& s) {
      return std::tuple{s.side, s.rect.low.x, s.rect.low.y, s.rect.high.x, s.rect.high.y};
    };
    return key(a) < key(b);
  });
  for (std::size_t s = 0; s < own.slots.size(); ++s) find_sites(problem, layout, d, s, own);
  return own;
}

void keep(DieGrid& own, Slot& slot, std::size_t wires) {
  slot.wires = wires;
  if (slot.sites.size() <= wires) return;
  const auto depth = [&](std::size_t site) {
    const Point p = own.grid.at(site);
    switch (slot.side) {
      case Side::bottom:
        return p.y;
      case Side::right:
        return -p.x;
      case Side::top:
        return -p.y;
      default:
        return p.x;
    }
  };
  auto nearest = slot.sites;
  std::ranges::stable_sort(nearest, {}, depth);
  for (std::size_t i = wires; i < nearest.size(); ++i) own.slot[nearest[i]] = -1;
  const auto mine = own.slot[nearest.front()];
  std::erase_if(slot.sites, [&](std::size_t site) { return own.slot[site] != mine || mine < 0; });
}

}  // namespace marquetry::assemble
