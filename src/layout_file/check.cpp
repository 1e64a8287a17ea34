#include "layout_file/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace marquetry::layout_file {
namespace {

using layout::Die;
using layout::Problem;

// The i-th row of a list, for its place.
SourceSpot row_spot(const Node& root, std::string_view list, std::size_t i) {
  const auto* node = find(root, list);
  if (node == nullptr || i >= node->items.size()) return root.where;
  const auto* name = find(node->items[i], "name");
  return name != nullptr ? name->where : node->items[i].where;
}

std::string_view difference(const Die& a, const Die& b) {
  if (!(a.size == b.size) || a.soft.has_value() != b.soft.has_value()) return "size";
  if (a.rotations != b.rotations) return "rotations";
  if (a.ring != b.ring || a.clumps.has_value() != b.clumps.has_value()) return "ring or clumps";
  if (a.power != b.power) return "power";
  return a.on != b.on ? "what they stand on" : "";
}

void check_dies(const Problem& problem, const Node& root, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < problem.dies.size(); ++i) {
    const auto& die = problem.dies[i];
    const auto complain = [&](const std::string& message, std::string hint = {}) {
      diagnostics.error(row_spot(root, "die", i), message, std::move(hint));
    };
    const auto& model = problem.dies[die.kind];
    if (const auto differs = difference(model, die); !differs.empty()) {
      complain(
          fmt::format("dies '{}' and '{}' are of one kind, but differ in {}", model.name, die.name, differs),
          "dies of a kind are interchangeable: give them kinds of their own, or none");
    }
    std::size_t below = 0;
    for (auto on = die.on; on && below <= problem.dies.size(); on = problem.dies[*on].on) ++below;
    if (below > problem.dies.size())
      complain(fmt::format("die '{}' stands on itself, by way of 'on'", die.name));
    for (const auto& zone : die.tsv_zones) {
      if (!geometry::contains({{0, 0}, {die.size.width, die.size.height}}, zone))
        complain(fmt::format("a TSV zone of die '{}' lies outside of it", die.name));
    }
    if (die.fixed && (die.rotations >> static_cast<unsigned>(die.fixed->rotation) & 1u) == 0)
      complain(fmt::format("die '{}' is fixed in a rotation that its 'rotations' leave out", die.name));
  }
}

void check_links(const Problem& problem, const Node& root, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < problem.links.size(); ++i) {
    const auto& link = problem.links[i];
    const auto complain = [&](const std::string& message, std::string hint = {}) {
      diagnostics.error(row_spot(root, "link", i), message, std::move(hint));
    };
    if (link.a == link.b) complain(fmt::format("a link from die '{}' to itself", problem.dies[link.a].name));
    if (!link.phy) continue;
    if (link.phy->bridged && problem.bridges.largest.width == 0)
      complain(fmt::format("link '{}' runs over a bridge, but no bridge is described", link.name),
               "add [placement.bridges] with least, largest, under_die and gap");
    for (const auto die : {link.a, link.b}) {
      const auto& size = problem.dies[die].size;
      const auto longest_edge = std::max(size.width, size.height) - 2 * problem.dies[die].corner;
      if (link.phy->width <= longest_edge || problem.dies[die].soft) continue;
      complain(
          fmt::format("a module of link '{}' takes {:.6g} mm of edge, but die '{}' has at most {:.6g} mm "
                      "between its corners",
                      link.name, static_cast<double>(link.phy->width) * 1e-6, problem.dies[die].name,
                      static_cast<double>(longest_edge) * 1e-6));
    }
  }
}

}  // namespace

void check(const Problem& problem, const Node& root, Diagnostics& diagnostics) {
  if (problem.dies.empty()) {
    diagnostics.error(root.where, "there are no dies to place", "write each as [[die]]");
    return;
  }
  check_dies(problem, root, diagnostics);
  check_links(problem, root, diagnostics);
  for (std::size_t i = 0; i < problem.nets.size(); ++i) {
    if (problem.nets[i].pins.size() < 2)
      diagnostics.error(row_spot(root, "net", i), "a net needs two pins or more");
  }
}

}  // namespace marquetry::layout_file
