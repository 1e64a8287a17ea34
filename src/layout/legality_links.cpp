// Rules of links between two dies: that their PHYs face each other, near enough, and memories their host.
#include <fmt/format.h>

#include <algorithm>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout::legality {
namespace {

std::string described(const Problem& problem, const Link& link) {
  return fmt::format("'{}' between {} and {}", link.name, quoted(problem, link.a), quoted(problem, link.b));
}

// A die, other than these two and what is stacked with them, in that place.
std::optional<std::size_t> die_in(const Problem& problem, const Layout& layout, const Rect& place,
                                  std::size_t a, std::size_t b) {
  for (std::size_t d = 0; d < layout.dies.size(); ++d) {
    if (d == a || d == b || stacked(problem, d, a) || stacked(problem, d, b)) continue;
    if (geometry::overlap(place, layout::outline(layout, d))) return d;
  }
  return std::nullopt;
}

// Where the wires of a module leave its die, in half nanometres.
Point mouth(const PlacedPhy& phy) {
  const Point middle = phy.rect.low + phy.rect.high;
  const Nanometre at = 2 * coordinate(phy.rect, phy.side);
  return geometry::is_vertical(phy.side) ? Point{at, middle.y} : Point{middle.x, at};
}

void check_facing(const Problem& problem, const Layout& layout, std::size_t l, std::size_t module,
                  const ModulePair& pair, Found found) {
  const auto& link = problem.links[l];
  const auto add = [&](std::string message, Nanometre amount, std::vector<std::size_t> dies) {
    found.push_back({.message = fmt::format("module {} of {}: {}", module, described(problem, link), message),
                     .amount = static_cast<double>(amount),
                     .dies = std::move(dies)});
  };
  const Span shared = common(span_along(pair.a->rect, pair.a->side), span_along(pair.b->rect, pair.a->side));
  const auto path = between(pair.a->rect, pair.a->side, pair.b->rect, pair.b->side);
  if (pair.b->side != geometry::opposite(pair.a->side)) {
    add(fmt::format("the {} and the {} edge do not face", name_of(pair.a->side), name_of(pair.b->side)), 0,
        {link.a, link.b});
  } else if (!path && shared.length() > 0) {
    add("the two edges look away from each other", 0, {link.a, link.b});
  } else if (shared.length() < link.phy->width) {
    add(fmt::format("the spans of the two PHYs share {}, and need {}",
                    length_text(std::max<Nanometre>(0, shared.length())), length_text(link.phy->width)),
        link.phy->width - shared.length(), {link.a, link.b});
  } else if (const auto other = path ? die_in(problem, layout, *path, link.a, link.b) : std::nullopt) {
    add(fmt::format("{} stands between", quoted(problem, *other)), 0, {link.a, link.b, *other});
  }
}

// Whether the host lies beyond that side of the memory, beside it, with nothing between.
bool looks_at(const Problem& problem, const Layout& layout, std::size_t memory, Side side, std::size_t host) {
  const auto path =
      between(layout::outline(layout, memory), side, layout::outline(layout, host), geometry::opposite(side));
  return path && !die_in(problem, layout, *path, memory, host);
}

}  // namespace

void facing(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    if (!link.phy || !link.phy->faces || stacked(problem, link.a, link.b)) continue;
    for (const auto& [module, pair] : module_pairs(problem, layout, l))
      check_facing(problem, layout, l, module, pair, found);
  }
}

void reach(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    if (!link.phy || link.phy->reach <= 0) continue;
    for (const auto& [module, pair] : module_pairs(problem, layout, l)) {
      const Nanometre twice = geometry::manhattan(mouth(*pair.a), mouth(*pair.b));
      if (twice <= 2 * link.phy->reach) continue;
      found.push_back({.message = fmt::format("module {} of {}: {} of wire, and it reaches {}", module,
                                              described(problem, link), length_text(twice / 2),
                                              length_text(link.phy->reach)),
                       .amount = static_cast<double>(twice) / 2 - static_cast<double>(link.phy->reach),
                       .dies = {link.a, link.b}});
    }
  }
}

// Links that must face are held to more by `facing`.
void memory(const Problem& problem, const Layout& layout, Found found) {
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    if (!link.phy || link.phy->faces || stacked(problem, link.a, link.b)) continue;
    for (const auto& [die, host] : {std::pair{link.a, link.b}, {link.b, link.a}}) {
      if (!problem.dies[die].is_memory || problem.dies[host].is_memory) continue;
      const auto pairs = module_pairs(problem, layout, l);
      for (const auto& [module, pair] : pairs) {
        const Side side = (die == link.a ? pair.a : pair.b)->side;
        if (looks_at(problem, layout, die, side, host)) continue;
        found.push_back(
            {.message = fmt::format("the {} edge of {}, with its PHY, does not look at its host {} beside it",
                                    name_of(side), quoted(problem, die), quoted(problem, host)),
             .dies = {die, host}});
        break;
      }
    }
  }
}

}  // namespace marquetry::layout::legality
