#include "placement/bridges.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "layout/text.h"

namespace marquetry::placement {
namespace {

using geometry::Nanometre;
using geometry::Rect;
using geometry::Side;
using layout::Layout;
using layout::PlacedPhy;
using layout::Problem;

// Modules of a link between two edges, by where they begin along these.
struct Row {
  Side side{};                // of die a
  Nanometre from{}, to{};     // across: the two edges
  std::vector<Rect> spans{};  // of the modules, both ends together
};

bool vertical(const Row& row) { return geometry::is_vertical(row.side); }
Nanometre low(const Row& row, const Rect& r) { return vertical(row) ? r.low.y : r.low.x; }
Nanometre high(const Row& row, const Rect& r) { return vertical(row) ? r.high.y : r.high.x; }

Nanometre edge_of(const PlacedPhy& phy) {
  switch (phy.side) {
    case Side::bottom:
      return phy.rect.low.y;
    case Side::right:
      return phy.rect.high.x;
    case Side::top:
      return phy.rect.high.y;
    default:
      return phy.rect.low.x;
  }
}

// By side of die a; what does not face is left out.
std::vector<Row> rows_of(const Problem& problem, const Layout& layout, std::size_t link) {
  std::map<std::size_t, std::array<const PlacedPhy*, 2>> pairs;
  for (const auto& phy : layout.phys) {
    if (phy.link == link) pairs[phy.module][phy.die == problem.links[link].a ? 0 : 1] = &phy;
  }
  std::map<Side, Row> rows;
  for (const auto& [module, ends] : pairs) {
    if (ends[0] == nullptr || ends[1] == nullptr || ends[1]->side != geometry::opposite(ends[0]->side))
      continue;
    auto& row = rows[ends[0]->side];
    row.side = ends[0]->side;
    std::tie(row.from, row.to) = std::minmax({edge_of(*ends[0]), edge_of(*ends[1])});
    row.spans.push_back(geometry::hull(ends[0]->rect, ends[1]->rect));
  }
  std::vector<Row> found;
  for (auto& [side, row] : rows) {
    std::ranges::sort(row.spans, {}, [&](const Rect& r) { return low(row, r); });
    found.push_back(std::move(row));
  }
  return found;
}

class Builder {
 public:
  Builder(const Problem& problem, const Layout& layout) : problem_{problem}, layout_{layout} {}

  Bridges run() {
    for (std::size_t l = 0; l < problem_.links.size(); ++l) {
      const auto& link = problem_.links[l];
      if (!link.phy || !link.phy->bridged) continue;
      const auto rows = rows_of(problem_, layout_, l);
      if (rows.empty()) complain(l, "has no modules that face");
      for (const auto& row : rows) build(l, row);
    }
    part();
    const std::size_t most = problem_.bridges.most;
    if (most > 0 && made_.bridges.size() > most) {
      made_.complaints.push_back(
          fmt::format("{} bridges are needed, and there may be {}", made_.bridges.size(), most));
    }
    return std::move(made_);
  }

 private:
  void complain(std::size_t l, const std::string& what) {
    const auto& link = problem_.links[l];
    made_.complaints.push_back(fmt::format("'{}' between {} and {} {}", link.name,
                                           layout::quoted(problem_, link.a), layout::quoted(problem_, link.b),
                                           what));
  }

  // Modules from the lower end on, as many to a bridge as its length allows, evenly.
  void build(std::size_t l, const Row& row) {
    const auto range = bridge_range(problem_.bridges, row.to - row.from);
    const auto shared = chunks(problem_, problem_.links[l], row.to - row.from, row.spans.size());
    if (!range.possible || shared.count == 0) {
      return complain(l, fmt::format("is {} apart, too far for a bridge of at most {}",
                                     layout::length_text(row.to - row.from),
                                     layout::size_text(problem_.bridges.largest)));
    }
    for (std::size_t first = 0, last = 0; first < row.spans.size(); first = last) {
      const std::size_t chunk = chunk_of(shared, first, row.spans.size());
      while (last < row.spans.size() && chunk_of(shared, last, row.spans.size()) == chunk &&
             high(row, row.spans[last]) - low(row, row.spans[first]) <= range.most_along) {
        ++last;
      }
      if (last == first) return complain(l, "has a module that is wider than any bridge");
      add(l, row, range, low(row, row.spans[first]), high(row, row.spans[last - 1]));
    }
  }

  void add(std::size_t l, const Row& row, const BridgeRange& range, Nanometre from, Nanometre to) {
    const Nanometre along = std::max(to - from, range.least_along);
    const Nanometre begin = from - (along - (to - from)) / 2,
                    across = row.from - (range.across - (row.to - row.from)) / 2;
    const Rect rect = vertical(row) ? Rect{{across, begin}, {across + range.across, begin + along}}
                                    : Rect{{begin, across}, {begin + along, across + range.across}};
    made_.bridges.push_back({l, rect});
    needed_.push_back(vertical(row) ? Rect{{rect.low.x, from}, {rect.high.x, to}}
                                    : Rect{{from, rect.low.y}, {to, rect.high.y}});
  }

  // Bridges longer than their modules slide over these, away from a neighbour that is too near.
  void part() {
    for (std::size_t i = 0; i < made_.bridges.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        for (const auto& [moving, other] : {std::pair{i, j}, std::pair{j, i}})
          slide(moving, made_.bridges[other].rect);
        if (!too_near(made_.bridges[i].rect, made_.bridges[j].rect)) continue;
        complain(made_.bridges[i].link, fmt::format("has a bridge too near to that of '{}'",
                                                    problem_.links[made_.bridges[j].link].name));
      }
    }
  }
  bool too_near(const Rect& a, const Rect& b) const {
    return geometry::overlap(geometry::widened(a, problem_.bridges.gap), b);
  }

  void slide(std::size_t i, const Rect& other) {
    auto& rect = made_.bridges[i].rect;
    if (!too_near(rect, other)) return;
    const Nanometre gap = problem_.bridges.gap;
    const Rect& needed = needed_[i];
    for (const geometry::Point by : {geometry::Point{other.high.x + gap - rect.low.x, 0},
                                     {other.low.x - gap - rect.high.x, 0},
                                     {0, other.high.y + gap - rect.low.y},
                                     {0, other.low.y - gap - rect.high.y}}) {
      const Rect moved = geometry::moved(rect, by);
      const auto free = [&](std::size_t j) { return j == i || !too_near(moved, made_.bridges[j].rect); };
      bool clear = geometry::contains(moved, needed) && geometry::contains(layout_.carrier, moved);
      for (std::size_t j = 0; clear && j < made_.bridges.size(); ++j) clear = free(j);
      if (!clear) continue;
      rect = moved;
      return;
    }
  }

  const Problem& problem_;
  const Layout& layout_;
  Bridges made_{};
  std::vector<Rect> needed_{};  // of each bridge: what it must stay over
};

}  // namespace

BridgeRange bridge_range(const layout::BridgeRules& rules, Nanometre apart) {
  const auto [least_short, least_long] = std::minmax({rules.least.width, rules.least.height});
  auto [most_short, most_long] = std::minmax({rules.largest.width, rules.largest.height});
  if (most_long == 0) most_short = most_long = std::numeric_limits<Nanometre>::max() / 4;
  BridgeRange range;
  range.across = std::max({apart + 2 * std::max<Nanometre>(1, rules.under_die), least_short});
  range.least_along = range.across >= least_long ? least_short : least_long;
  range.most_along = range.across <= most_short ? most_long : most_short;
  range.possible = range.across <= most_long && range.least_along <= range.most_along;
  return range;
}

Chunks chunks(const Problem& problem, const layout::Link& link, Nanometre apart, std::size_t modules) {
  const Nanometre width = link.phy->width, all = static_cast<Nanometre>(modules) * width;
  if (!link.phy->bridged || modules == 0) return {.length = all};
  const auto range = bridge_range(problem.bridges, apart);
  const auto each = range.possible ? static_cast<std::size_t>(range.most_along / width) : std::size_t{0};
  if (each == 0) return {.count = 0, .length = std::numeric_limits<Nanometre>::max() / 4};
  Chunks found{.count = (modules + each - 1) / each};
  const auto fewest = static_cast<Nanometre>(modules / found.count) * width;
  found.over = std::max<Nanometre>(0, (range.least_along - fewest + 1) / 2);
  found.apart = problem.bridges.gap + 2 * found.over;
  found.length = all + static_cast<Nanometre>(found.count - 1) * found.apart;
  return found;
}

Bridges place_bridges(const Problem& problem, const Layout& layout) { return Builder{problem, layout}.run(); }

}  // namespace marquetry::placement
