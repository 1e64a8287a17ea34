// Connections that no placement can make: PHYs that want more edge than their die has, wires more than bumps,
// bridges more or longer than allowed, mirror images of different size.
#include <fmt/format.h>

#include <algorithm>

#include "layout/fit.h"
#include "layout/legality.h"
#include "layout/text.h"

namespace marquetry::layout {
namespace {

using Found = std::vector<Obstacle>&;

template <class Amount>
void add(Found found, std::string constraint, std::string message, std::string hint, Amount amount) {
  found.push_back({std::move(constraint), std::move(message), std::move(hint), static_cast<double>(amount)});
}

Nanometre room(Nanometre edge, const Die& die) { return std::max<Nanometre>(0, edge - 2 * die.corner); }

// What a die's PHYs take of its edges, against what these have.
void beachfront(const Problem& problem, Found found) {
  std::vector<Nanometre> wanted(problem.dies.size());
  std::vector<std::array<Nanometre, 4>> at_side(problem.dies.size());
  const auto ask = [&](std::size_t d, const std::string& name, Nanometre width, std::size_t modules,
                       std::optional<Side> side) {
    const auto& die = problem.dies[d];
    if (die.soft) return;
    const Nanometre all = width * static_cast<Nanometre>(modules);
    wanted[d] += all;
    if (side) at_side[d][index(*side)] += all;
    const Nanometre edge = !side                          ? std::max(die.size.width, die.size.height)
                           : geometry::is_vertical(*side) ? die.size.height
                                                          : die.size.width;
    if (width <= room(edge, die)) return;
    add(found, "shoreline",
        fmt::format("a module of '{}' takes {} of edge, and {} has {} between its corners", name,
                    length_text(width), quoted(problem, d), length_text(room(edge, die))),
        fmt::format("lengthen the edge by {}", length_text(width - room(edge, die))),
        width - room(edge, die));
  };
  for (const auto& link : problem.links) {
    if (!link.phy) continue;
    ask(link.a, link.name, link.phy->width, link.phy->modules, link.phy->side_a);
    ask(link.b, link.name, link.phy->width, link.phy->modules, link.phy->side_b);
  }
  for (const auto& phy : problem.externals) ask(phy.die, phy.name, phy.width, phy.modules, {});
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto& die = problem.dies[d];
    if (die.soft) continue;
    const Nanometre across = room(die.size.width, die), up = room(die.size.height, die),
                    all = 2 * (across + up);
    if (wanted[d] > all) {
      add(found, "shoreline",
          fmt::format("the PHYs of {} take {} of edge, and it has {}", quoted(problem, d),
                      length_text(wanted[d]), length_text(all)),
          fmt::format("it needs {} more", length_text(wanted[d] - all)), wanted[d] - all);
    }
    for (const Side side : geometry::sides) {
      const Nanometre has = geometry::is_vertical(side) ? up : across, takes = at_side[d][index(side)];
      if (takes <= has) continue;
      constexpr std::array names{"bottom", "right", "top", "left"};
      add(found, "shoreline",
          fmt::format("the PHYs that must be at the {} edge of {} take {}, and it has {}", names[index(side)],
                      quoted(problem, d), length_text(takes), length_text(has)),
          fmt::format("it needs {} more", length_text(takes - has)), takes - has);
    }
  }
}

// Links whose modules must all stand at one edge of either die: those that face, and those that reach less
// far than half a module is wide. For the wire of a module that leaves elsewhere goes round a corner, from
// which its middle is at least half its width, or past a whole die; and two dies face with one edge each.
void one_edge(const Problem& problem, Found found) {
  for (const auto& link : problem.links) {
    if (!link.phy || problem.dies[link.a].on || problem.dies[link.b].on) continue;
    const auto& phy = *link.phy;
    const auto& dies = problem.dies;
    if (dies[link.a].soft || dies[link.b].soft) continue;
    const Size one = dies[link.a].size, other = dies[link.b].size;
    const Nanometre round_a_corner =
        std::min({phy.width / 2, one.width, one.height, other.width, other.height});
    const bool near = phy.reach > 0 && phy.reach < round_a_corner;
    if (!near && !phy.faces && !phy.bridged) continue;
    const Nanometre wanted = phy.width * static_cast<Nanometre>(phy.modules);
    for (const auto& [die, side] : {std::pair{link.a, phy.side_a}, {link.b, phy.side_b}}) {
      const Size size = dies[die].size;
      const Nanometre edge = !side                          ? std::max(size.width, size.height)
                             : geometry::is_vertical(*side) ? size.height
                                                            : size.width;
      const Nanometre has = room(edge, dies[die]);
      if (wanted <= has || phy.width > has) continue;  // one module too wide: said already
      add(found, "shoreline",
          fmt::format("{} modules of '{}' must stand at one edge{}: {}, and {} has {} at the most",
                      phy.modules, link.name,
                      near ? fmt::format(", since it reaches {}", length_text(phy.reach)) : "",
                      length_text(wanted), quoted(problem, die), length_text(has)),
          fmt::format("lengthen the edge by {}, or take {} modules", length_text(wanted - has),
                      has / phy.width),
          wanted - has);
    }
  }
}

void clumps(const Problem& problem, Found found) {
  std::vector<double> wires(problem.dies.size());
  for (const auto& link : problem.links) wires[link.a] += link.wires, wires[link.b] += link.wires;
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    if (!problem.dies[d].clumps) continue;
    double capacity = 0;
    for (const auto& clump : *problem.dies[d].clumps) capacity += clump.capacity;
    if (wires[d] <= capacity) continue;
    add(found, "clumps",
        fmt::format("{} has {:.0f} wires, and bump clumps for {:.0f}", quoted(problem, d), wires[d],
                    capacity),
        fmt::format("it needs {:.0f} more", wires[d] - capacity), wires[d] - capacity);
  }
}

void bridges(const Problem& problem, Found found) {
  const auto bridged = static_cast<std::size_t>(
      std::ranges::count_if(problem.links, [](const Link& link) { return link.phy && link.phy->bridged; }));
  if (problem.bridges.most > 0 && bridged > problem.bridges.most) {
    add(found, "bridges",
        fmt::format("{} links run over bridges, and there may be {} bridges", bridged, problem.bridges.most),
        "a bridge carries one link: allow more, or route links without", bridged - problem.bridges.most);
  }
  const Nanometre longest = std::max(problem.bridges.largest.width, problem.bridges.largest.height);
  for (const auto& link : problem.links) {
    if (!link.phy || !link.phy->bridged || longest <= 0) continue;
    const Nanometre least = 2 * problem.bridges.under_die + gap_between(problem, link.a, link.b) +
                            problem.dies[link.a].ring + problem.dies[link.b].ring;
    if (least > longest) {
      add(found, "bridges",
          fmt::format("a bridge between {} and {} must be {} long to cross their gap and reach under both, "
                      "and may be {}",
                      quoted(problem, link.a), quoted(problem, link.b), length_text(least),
                      length_text(longest)),
          "", least - longest);
    }
    if (link.phy->width > longest) {
      add(found, "bridges",
          fmt::format("a module of '{}' is {} wide, more than any bridge ({})", link.name,
                      length_text(link.phy->width), length_text(longest)),
          "", link.phy->width - longest);
    }
  }
}

// Signals against bumps do not depend on the placement: the rule of that name says it.
void bumps(const Problem& problem, Found found) {
  Layout layout;
  for (const auto& die : problem.dies) layout.sizes.push_back(die.size);
  for (const auto& rule : rules()) {
    if (rule.name != "bumps") continue;
    std::vector<Violation> broken;
    rule.check(problem, layout, broken);
    for (auto& violation : broken)
      add(found, "bumps", violation.message, "a finer bump pitch, or fewer wires", violation.amount);
  }
}

// Both as placed: turned by a quarter or not.
void mirrors(const Problem& problem, Found found) {
  for (const auto& group : problem.symmetries) {
    for (const auto& [a, b] : group.pairs) {
      const auto &one = problem.dies[a], &other = problem.dies[b];
      if (one.soft || other.soft || one.size == other.size) continue;
      if (geometry::turned(one.size, Rotation::r90) == other.size) continue;
      add(found, "symmetry",
          fmt::format("{} ({}) and {} ({}) cannot mirror each other", quoted(problem, a), size_text(one.size),
                      quoted(problem, b), size_text(other.size)),
          "pair dies of one size",
          std::abs(one.size.width - other.size.width) + std::abs(one.size.height - other.size.height));
    }
  }
}

}  // namespace

std::vector<Obstacle> connection_obstacles(const Problem& problem) {
  std::vector<Obstacle> found;
  beachfront(problem, found);
  one_edge(problem, found);
  clumps(problem, found);
  bridges(problem, found);
  bumps(problem, found);
  mirrors(problem, found);
  return found;
}

}  // namespace marquetry::layout
