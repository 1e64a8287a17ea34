#include "placement/pins.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "layout/text.h"
#include "placement/pin_crossings.h"
#include "placement/pin_positions.h"

namespace marquetry::placement {
namespace {

using layout::Layout;
using layout::PlacedPhy;
using layout::Problem;

// Whether a walk along the edge to greater coordinates goes counter-clockwise round the die. A bundle does
// not cross itself where it leaves one die counter-clockwise and meets the other clockwise.
bool counter_clockwise(Side side) { return side == Side::right || side == Side::bottom; }

class Writer {
 public:
  Writer(const Problem& problem, const Edges& edges, const std::vector<Group>& groups,
         const Positions& positions)
      : problem_{problem},
        edges_{edges},
        groups_{groups},
        next_of_link_(problem.links.size()),
        next_of_external_(problem.externals.size()) {
    for (const auto& item : positions.items) {
      if (!item.placed) continue;
      if (item.edges.size() == 2) {
        both_[item.group].push_back(&item);
      } else {
        (item.edges[0] == groups[item.group].edge_a ? at_a_ : at_b_)[item.group].push_back(&item);
      }
    }
  }

  std::vector<PlacedPhy> phys() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (const auto* item : sorted(both_[g])) {
        const std::size_t module = next_of_link_[*groups_[g].link]++;
        for (const auto edge : item->edges) put(*item, edge, module);
      }
      groups_[g].external ? alone(g) : ends(g);
    }
    return std::move(phys_);
  }

 private:
  using Items = std::vector<const Item*>;
  static Items sorted(Items items) {
    std::ranges::stable_sort(items, {}, &Item::position);
    return items;
  }
  void put(const Item& item, std::size_t edge, std::size_t module) {
    const auto& group = groups_[item.group];
    phys_.push_back({.link = group.link,
                     .external = group.external,
                     .die = edges_[edge].die,
                     .module = module,
                     .side = edges_[edge].side,
                     .rect = edges_.rect(edge, item.position, item.shape)});
  }
  void alone(std::size_t g) {
    for (const auto* item : sorted(at_a_[g]))
      put(*item, item->edges[0], next_of_external_[*groups_[g].external]++);
  }
  void ends(std::size_t g) {
    const auto& group = groups_[g];
    auto a = sorted(at_a_[g]), b = sorted(at_b_[g]);
    if (counter_clockwise(edges_[group.edge_a].side) == counter_clockwise(edges_[group.edge_b].side))
      std::ranges::reverse(b);
    for (std::size_t m = 0; m < std::min(a.size(), b.size()); ++m) {
      const std::size_t module = next_of_link_[*group.link]++;
      put(*a[m], group.edge_a, module);
      put(*b[m], group.edge_b, module);
    }
  }

  const Problem& problem_;
  const Edges& edges_;
  const std::vector<Group>& groups_;
  std::map<std::size_t, Items> both_{}, at_a_{}, at_b_{};
  std::vector<std::size_t> next_of_link_{}, next_of_external_{};
  std::vector<PlacedPhy> phys_{};
};

// What the sides had room for, and the positions had not.
void report_unplaced(const Problem& problem, const Edges& edges, const std::vector<Group>& groups,
                     const Positions& positions, Pins& pins) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> missing;  // by group and edge
  for (const auto& item : positions.items) {
    if (!item.placed) ++missing[{item.group, item.edges[0]}];
  }
  constexpr std::array names{"bottom", "right", "top", "left"};
  for (const auto& [where, modules] : missing) {
    const auto& group = groups[where.first];
    const auto& edge = edges[where.second];
    const Nanometre width = shape_of(problem, group).width * static_cast<Nanometre>(modules);
    const auto& name = group.link ? problem.links[*group.link].name : problem.externals[*group.external].name;
    pins.shortages.push_back(
        {.die = edge.die,
         .side = edge.side,
         .link = group.link,
         .external = group.external,
         .missing = width,
         .message = fmt::format("the {} edge of {} has no clear place for {} modules of '{}': {} are missing",
                                names[geometry::index(edge.side)], layout::quoted(problem, edge.die), modules,
                                name, layout::length_text(width))});
  }
}

// With corners so wide that PHYs of two edges cannot meet there.
Problem with_clear_corners(const Problem& problem) {
  Problem clear = problem;
  const auto widen = [&](std::size_t die, Nanometre depth) {
    clear.dies[die].corner = std::max(clear.dies[die].corner, depth);
  };
  for (const auto& link : problem.links) {
    if (link.phy) widen(link.a, link.phy->depth), widen(link.b, link.phy->depth);
  }
  for (const auto& phy : problem.externals) widen(phy.die, phy.depth);
  return clear;
}

Nanometre missing(const Pins& pins) {
  Nanometre sum = 0;
  for (const auto& shortage : pins.shortages) sum += shortage.missing;
  return sum;
}

Pins pins_on(const Problem& problem, const Layout& layout, const Edges& edges) {
  Pins pins;
  auto groups = assign_sides(problem, layout, edges, pins.shortages);
  const auto positions = place_modules(problem, edges, groups);
  report_unplaced(problem, edges, groups, positions, pins);
  pins.phys = Writer{problem, edges, groups, positions}.phys();
  return pins;
}

}  // namespace

Pins assign_pins(const Problem& problem, const Layout& layout) {
  Pins pins = pins_on(problem, layout, Edges{problem, layout});
  if (!pins.shortages.empty()) {
    auto others = pins_on(problem, layout, Edges{with_clear_corners(problem), layout});
    if (missing(others) < missing(pins)) pins = std::move(others);
  }
  uncross(problem, pins.phys);
  const auto all = wires(problem, pins.phys);
  pins.lengths.resize(problem.links.size());
  for (const auto& wire : all) {
    auto& sum = pins.lengths[wire.link];
    sum.total += static_cast<double>(wire.length());
    sum.longest = std::max(sum.longest, wire.length());
    ++sum.modules;
  }
  pins.crossings = crossings(all);
  return pins;
}

double phy_wire(const Problem& problem, const Pins& pins) {
  double sum = 0;
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    if (problem.links[l].phy) sum += problem.links[l].phy->wires * pins.lengths[l].total;
  }
  return sum;
}

}  // namespace marquetry::placement
