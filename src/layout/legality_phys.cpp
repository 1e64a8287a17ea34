// Rules of PHYs on their own die: that all are there, on the edge, clear of corners, TSVs and each other.
#include <fmt/format.h>

#include <algorithm>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

struct Shape {
  Nanometre width{}, depth{};
};
Shape shape_of(const Problem& problem, const PlacedPhy& phy) {
  if (phy.external) return {problem.externals[*phy.external].width, problem.externals[*phy.external].depth};
  if (!phy.link || !problem.links[*phy.link].phy) return {};
  return {problem.links[*phy.link].phy->width, problem.links[*phy.link].phy->depth};
}

std::string described(const Problem& problem, const PlacedPhy& phy) {
  const auto& name = phy.external ? problem.externals[*phy.external].name
                     : phy.link   ? problem.links[*phy.link].name
                                  : std::string{};
  return fmt::format("module {} of '{}' on {}", phy.module, name, quoted(problem, phy.die));
}

void add(const Problem& problem, Found found, const PlacedPhy& phy, const std::string& message,
         Nanometre amount) {
  found.push_back({.message = described(problem, phy) + " " + message,
                   .amount = static_cast<double>(amount),
                   .dies = {phy.die}});
}

// How often each module stands on a die, against how often it should.
void count_modules(const Problem& problem, Found found, const std::string& name, std::size_t die,
                   std::size_t wanted, const std::vector<std::size_t>& seen) {
  for (std::size_t m = 0; m < std::max(wanted, seen.size()); ++m) {
    const std::size_t times = m < seen.size() ? seen[m] : 0, should = m < wanted ? 1 : 0;
    if (times == should) continue;
    found.push_back({.message = should == 0  ? fmt::format("'{}' has {} modules, but {} holds one more", name,
                                                           wanted, quoted(problem, die))
                                : times == 0 ? fmt::format("module {} of '{}' stands nowhere on {}", m, name,
                                                           quoted(problem, die))
                                             : fmt::format("module {} of '{}' stands {} times on {}", m, name,
                                                           times, quoted(problem, die)),
                     .amount = static_cast<double>(std::max(times, should) - std::min(times, should)),
                     .dies = {die}});
  }
}

using Seen =
    std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>>;  // by link or external, die

std::vector<std::size_t> seen_at(const Seen& seen, std::size_t of, std::size_t die) {
  const auto at = seen.find({of, die});
  return at == seen.end() ? std::vector<std::size_t>{} : at->second;
}

}  // namespace

void modules(const Problem& problem, const Layout& layout, Found found) {
  Seen links, externals;
  for (const auto& phy : layout.phys) {
    auto& seen = phy.external ? externals[{*phy.external, phy.die}] : links[{*phy.link, phy.die}];
    if (seen.size() <= phy.module) seen.resize(phy.module + 1);
    ++seen[phy.module];
  }
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    const std::size_t wanted = link.phy ? link.phy->modules : 0;
    for (const auto die : {link.a, link.b})
      count_modules(problem, found, link.name, die, wanted, seen_at(links, l, die));
  }
  for (std::size_t e = 0; e < problem.externals.size(); ++e) {
    const auto& phy = problem.externals[e];
    count_modules(problem, found, phy.name, phy.die, phy.modules, seen_at(externals, e, phy.die));
  }
}

void phy_edge(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& phy : layout.phys) {
    const Rect die = layout::outline(layout, phy.die);
    const auto shape = shape_of(problem, phy);
    const Size upright{shape.width, shape.depth}, is{phy.rect.width(), phy.rect.height()};
    const Size wanted = geometry::is_vertical(phy.side) ? Size{upright.height, upright.width} : upright;
    if (is != wanted) {
      add(problem, found, phy, fmt::format("is drawn as {}, but is {}", size_text(is), size_text(wanted)),
          std::max(std::abs(is.width - wanted.width), std::abs(is.height - wanted.height)));
    } else if (!geometry::contains(die, phy.rect)) {
      const Nanometre by = std::max({die.low.x - phy.rect.low.x, die.low.y - phy.rect.low.y,
                                     phy.rect.high.x - die.high.x, phy.rect.high.y - die.high.y});
      add(problem, found, phy, fmt::format("stands {} out of its die", length_text(by)), by);
    } else if (coordinate(phy.rect, phy.side) != coordinate(die, phy.side)) {
      const Nanometre by = std::abs(coordinate(phy.rect, phy.side) - coordinate(die, phy.side));
      add(problem, found, phy, fmt::format("lies {} inside the {} edge", length_text(by), name_of(phy.side)),
          by);
    }
  }
}

void phy_side(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& phy : layout.phys) {
    if (!phy.link || !problem.links[*phy.link].phy) continue;
    const auto& link = problem.links[*phy.link];
    const auto& wanted = phy.die == link.a ? link.phy->side_a : link.phy->side_b;
    if (!wanted) continue;
    const Side side = geometry::turned(*wanted, layout.dies[phy.die].rotation);
    if (side == phy.side) continue;
    add(problem, found, phy,
        fmt::format("is at the {} edge, but its die has it at what is now the {} one", name_of(phy.side),
                    name_of(side)),
        0);
  }
}

void phy_overlap(const Problem& problem, const Layout& layout, Found found) {
  std::vector<Rect> rects;
  for (const auto& phy : layout.phys) rects.push_back(phy.rect);
  const auto on_one_die = [&](std::size_t i, std::size_t j) {
    return layout.phys[i].die == layout.phys[j].die;
  };
  for (const auto& [i, j] : neighbours(rects, 0, on_one_die)) {
    const auto &a = layout.phys[i], &b = layout.phys[j];
    const Rect shared = geometry::common(a.rect, b.rect);
    add(problem, found, a,
        fmt::format("overlaps {} by {}", described(problem, b), size_text({shared.width(), shared.height()})),
        std::min(shared.width(), shared.height()));
  }
}

void corner(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& phy : layout.phys) {
    const Nanometre corner = problem.dies[phy.die].corner;
    const Rect die = layout::outline(layout, phy.die);
    if (corner <= 0 || !geometry::contains(die, phy.rect)) continue;
    const Span edge = span_along(die, phy.side), span = span_along(phy.rect, phy.side);
    const Nanometre by = std::max(edge.low + corner - span.low, span.high - (edge.high - corner));
    if (by <= 0) continue;
    add(problem, found, phy,
        fmt::format("is {} from a corner, which needs {}", length_text(corner - by), length_text(corner)),
        by);
  }
}

void shoreline(const Problem& problem, const Layout& layout, Found found) {
  std::map<std::pair<std::size_t, Side>, Nanometre> sums;
  for (const auto& phy : layout.phys) sums[{phy.die, phy.side}] += shape_of(problem, phy).width;
  for (const auto& [where, sum] : sums) {
    const auto& [die, side] = where;
    const Nanometre room =
        span_along(layout::outline(layout, die), side).length() - 2 * problem.dies[die].corner;
    if (sum <= room) continue;
    found.push_back(
        {.message = fmt::format("the PHYs at the {} edge of {} take {}, and it has {}", name_of(side),
                                quoted(problem, die), length_text(sum), length_text(room)),
         .amount = static_cast<double>(sum - room),
         .dies = {die}});
  }
}

void tsv(const Problem& problem, const Layout& layout, Found found) {
  for (const auto& phy : layout.phys) {
    for (const auto& zone : problem.dies[phy.die].tsv_zones) {
      const Rect rect = geometry::placed(layout.dies[phy.die], layout.sizes[phy.die], zone);
      if (!geometry::overlap(rect, phy.rect)) continue;
      const Rect shared = geometry::common(rect, phy.rect);
      add(problem, found, phy,
          fmt::format("enters a TSV zone by {}", size_text({shared.width(), shared.height()})),
          std::min(shared.width(), shared.height()));
    }
  }
}

}  // namespace marquetry::layout::legality
