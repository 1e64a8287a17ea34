#include "layout_file/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace marquetry::layout_file {
namespace {

using layout::Die;
using layout::Problem;

// The i-th row of a list, for its place.
SourceSpot row_spot(const Node& placement, std::string_view list, std::size_t i) {
  const auto* node = find(placement, list);
  if (node == nullptr || i >= node->items.size()) return name_spot(placement);
  const auto* name = find(node->items[i], "name");
  return name != nullptr ? name->where : node->items[i].where;
}

std::string_view difference(const Die& a, const Die& b) {
  if (!(a.size == b.size) || a.soft.has_value() != b.soft.has_value()) return "size";
  if (a.rotations != b.rotations) return "rotations";
  if (a.ring != b.ring || a.clumps.has_value() != b.clumps.has_value()) return "ring or clumps";
  if (a.power != b.power) return "power";
  if (a.fixed || b.fixed) return "place: one is fixed";
  return a.on != b.on ? "what they stand on" : "";
}

void check_dies(const Problem& problem, const Node& placement, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < problem.dies.size(); ++i) {
    const auto& die = problem.dies[i];
    const auto& model = problem.dies[die.kind];
    const auto differs = die.kind == i ? std::string_view{} : difference(model, die);
    if (!differs.empty()) {
      diagnostics.error(
          row_spot(placement, "dies", i),
          fmt::format("dies '{}' and '{}' are of one kind, but differ in {}", model.name, die.name, differs),
          "dies of a kind are interchangeable: give them kinds of their own, or none");
    }
    std::size_t below = 0;
    for (auto on = die.on; on && below <= problem.dies.size(); on = problem.dies[*on].on) ++below;
    if (below > problem.dies.size())
      diagnostics.error(row_spot(placement, "dies", i),
                        fmt::format("die '{}' stands on itself, by way of 'on'", die.name));
    for (const auto& zone : die.tsv_zones) {
      if (!geometry::contains({{0, 0}, {die.size.width, die.size.height}}, zone))
        diagnostics.error(row_spot(placement, "dies", i),
                          fmt::format("a TSV zone of die '{}' lies outside of it", die.name));
    }
    if (die.fixed && (die.rotations >> static_cast<unsigned>(die.fixed->rotation) & 1u) == 0)
      diagnostics.error(
          row_spot(placement, "dies", i),
          fmt::format("die '{}' is fixed in a rotation that its 'rotations' leave out", die.name));
  }
}

// `list` holds pairs that must be of two dies.
template <class Rows, class A, class B>
void check_pairs(const Problem& problem, const Rows& rows, std::string_view list, std::string_view what,
                 A first, B second, const Node& placement, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (std::invoke(first, rows[i]) != std::invoke(second, rows[i])) continue;
    diagnostics.error(
        row_spot(placement, list, i),
        fmt::format("a {} from die '{}' to itself", what, problem.dies[std::invoke(first, rows[i])].name));
  }
}

void check_gaps(const Problem& problem, const Node& placement, Diagnostics& diagnostics) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t i = 0; i < problem.gaps.size(); ++i) {
    const auto& [a, b, gap] = problem.gaps[i];
    if (!seen.insert(std::minmax(a, b)).second)
      diagnostics.error(row_spot(placement, "gaps", i),
                        fmt::format("the gap between '{}' and '{}' is given twice", problem.dies[a].name,
                                    problem.dies[b].name));
  }
}

void check_groups(const Problem& problem, const Node& placement, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < problem.alignments.size(); ++i) {
    const auto& dies = problem.alignments[i].dies;
    if (dies.size() < 2 || std::set(dies.begin(), dies.end()).size() != dies.size())
      diagnostics.error(row_spot(placement, "alignments", i),
                        "an alignment needs two dies or more, each once");
  }
  for (std::size_t i = 0; i < problem.symmetries.size(); ++i) {
    const auto& symmetry = problem.symmetries[i];
    std::vector<std::size_t> all = symmetry.alone;
    for (const auto& [a, b] : symmetry.pairs) {
      all.push_back(a);
      all.push_back(b);
      if (!(problem.dies[a].size == problem.dies[b].size))
        diagnostics.error(row_spot(placement, "symmetries", i),
                          fmt::format("'{}' and '{}' differ in size, so they cannot be mirror images",
                                      problem.dies[a].name, problem.dies[b].name));
    }
    if (all.empty() || std::set(all.begin(), all.end()).size() != all.size())
      diagnostics.error(row_spot(placement, "symmetries", i), "a symmetry needs dies, each once");
  }
  for (std::size_t i = 0; i < problem.nets.size(); ++i) {
    if (problem.nets[i].pins.size() < 2)
      diagnostics.error(row_spot(placement, "nets", i), "a net needs two pins or more");
  }
}

void check_links(const Problem& problem, const Node& placement, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < problem.links.size(); ++i) {
    const auto& link = problem.links[i];
    if (link.phy && link.phy->bridged && problem.bridges.largest.width == 0)
      diagnostics.error(row_spot(placement, "links", i),
                        fmt::format("link '{}' runs over a bridge, but no bridge is described", link.name),
                        "add [placement.bridges] with least, largest, under_die and gap");
    for (const auto die : {link.a, link.b}) {
      const auto& size = problem.dies[die].size;
      const auto longest = std::max(size.width, size.height) - 2 * problem.dies[die].corner;
      if (!link.phy || link.phy->width <= longest) continue;
      diagnostics.error(row_spot(placement, "links", i),
                        fmt::format("a module of link '{}' takes {:.6g} mm of edge, but die '{}' has at most "
                                    "{:.6g} mm between its corners",
                                    link.name, static_cast<double>(link.phy->width) * 1e-6,
                                    problem.dies[die].name, static_cast<double>(longest) * 1e-6));
    }
  }
}

}  // namespace

void check(const Problem& problem, const Node& placement, Diagnostics& diagnostics) {
  if (problem.dies.empty()) {
    diagnostics.error(name_spot(placement), "there are no dies to place", "write each as [[placement.dies]]");
    return;
  }
  check_dies(problem, placement, diagnostics);
  check_pairs(problem, problem.links, "links", "link", &layout::Link::a, &layout::Link::b, placement,
              diagnostics);
  check_pairs(problem, problem.gaps, "gaps", "gap", &layout::PairGap::a, &layout::PairGap::b, placement,
              diagnostics);
  check_pairs(problem, problem.abutments, "abutments", "abutment", &layout::Abutment::first,
              &layout::Abutment::second, placement, diagnostics);
  check_gaps(problem, placement, diagnostics);
  check_groups(problem, placement, diagnostics);
  check_links(problem, placement, diagnostics);
}

}  // namespace marquetry::layout_file
