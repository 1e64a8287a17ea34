#include "layout/faults.h"

#include <fmt/format.h>

#include <algorithm>

#include "layout/text.h"

namespace marquetry::layout {
namespace {

class Checker {
 public:
  explicit Checker(const Problem& problem) : problem_{problem} {}

  void indices() {
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) {
      if (problem_.dies[d].on) die(*problem_.dies[d].on, quoted(problem_, d) + " stands on");
    }
    for (const auto& link : problem_.links) {
      die(link.a, "link '" + link.name + "' joins");
      die(link.b, "link '" + link.name + "' joins");
    }
    for (const auto& phy : problem_.externals) die(phy.die, "the PHY '" + phy.name + "' is on");
    for (const auto& net : problem_.nets) {
      for (const auto& pin : net.pins) {
        if (pin.die) die(*pin.die, "a net has a pin on");
      }
    }
    for (const auto& gap : problem_.gaps) die(gap.a, "a gap is given for"), die(gap.b, "a gap is given for");
    for (const auto& group : problem_.alignments) {
      for (const auto d : group.dies) die(d, "an alignment names");
    }
    for (const auto& pair : problem_.abutments)
      die(pair.first, "an abutment names"), die(pair.second, "an abutment names");
    for (const auto& group : problem_.symmetries) {
      for (const auto& [a, b] : group.pairs) die(a, "a symmetry names"), die(b, "a symmetry names");
      for (const auto d : group.alone) die(d, "a symmetry names");
    }
  }

  void dies() {
    if (problem_.dies.empty()) add("there are no dies to place", "give at least one");
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) {
      const auto& die = problem_.dies[d];
      const auto name = quoted(problem_, d);
      if (die.soft ? !(die.soft->area > 0) : die.size.width <= 0 || die.size.height <= 0) {
        add(die.soft ? fmt::format("{} has no area", name)
                     : fmt::format("{} is {}: nothing to place", name, size_text(die.size)),
            "give it a size above 0, or leave it out", {d});
      }
      if (die.soft && !(die.soft->least_aspect > 0 && die.soft->least_aspect <= die.soft->largest_aspect)) {
        add(fmt::format("{} may have a width by height from {:.4g} to {:.4g}: no shape has", name,
                        die.soft->least_aspect, die.soft->largest_aspect),
            "give the smaller ratio first", {d});
      }
      if ((die.rotations & any_rotation) == 0)
        add(name + " may stand in no rotation at all", "allow it at least one", {d});
      if (std::min({die.ring, die.corner, die.overhang}) < 0) add(name + " has a length below 0", {}, {d});
      if (die.fixed && (die.rotations >> static_cast<int>(die.fixed->rotation) & 1) == 0) {
        add(fmt::format("{} is fixed at {} degrees, which it may not be turned by", name,
                        geometry::degrees(die.fixed->rotation)),
            "allow that rotation", {d});
      }
      std::size_t below = 0;
      for (auto on = die.on; on && below <= problem_.dies.size(); on = problem_.dies[*on].on) ++below;
      if (below > problem_.dies.size()) add(name + " stands on itself, by way of the dies below it", {}, {d});
    }
  }

  void links() {
    const bool some =
        std::ranges::any_of(problem_.links, [](const Link& link) { return link.phy.has_value(); });
    for (std::size_t l = 0; l < problem_.links.size(); ++l) {
      const auto& link = problem_.links[l];
      if (link.a == link.b)
        add(fmt::format("link '{}' joins {} to itself", link.name, quoted(problem_, link.a)), {}, {link.a},
            l);
      if (!link.phy && some) {
        add(fmt::format("link '{}' between {} and {} has no PHY, though others have", link.name,
                        quoted(problem_, link.a), quoted(problem_, link.b)),
            "give it a PHY, or all links none", {link.a, link.b}, l);
      }
      if (link.phy && (link.phy->modules == 0 || link.phy->width <= 0 || link.phy->depth < 0)) {
        add(fmt::format("the PHY of link '{}' takes no edge", link.name),
            "give it modules, and these a width", {link.a, link.b}, l);
      }
    }
    for (const auto& phy : problem_.externals) {
      if (phy.width > 0 && phy.depth >= 0) continue;
      add(fmt::format("the PHY '{}' takes no edge", phy.name), "give it a width", {phy.die});
    }
  }

  void rules() {
    const auto& carrier = problem_.carrier;
    if (std::min(problem_.gap, problem_.edge) < 0)
      add("the gap or the distance from the edge is below 0", {});
    for (const auto& size : {carrier.fixed, carrier.largest, carrier.field, carrier.package}) {
      if (size && (size->width <= 0 || size->height <= 0))
        add(fmt::format("a carrier, package or exposure of {}", size_text(*size)), {});
    }
    if (carrier.least_aspect > 0 && carrier.largest_aspect > 0 &&
        carrier.least_aspect > carrier.largest_aspect) {
      add(fmt::format("the box round the dies must be at least {:.4g} and at most {:.4g} as wide as high",
                      carrier.least_aspect, carrier.largest_aspect),
          "give the smaller ratio first");
    }
    for (const auto& pair : problem_.abutments) {
      if (pair.first == pair.second)
        add(quoted(problem_, pair.first) + " should touch itself", {}, {pair.first});
    }
    const auto& bridges = problem_.bridges;
    const auto [least_short, least_long] = std::minmax({bridges.least.width, bridges.least.height});
    const auto [most_short, most_long] = std::minmax({bridges.largest.width, bridges.largest.height});
    if (most_long > 0 && (least_short > most_short || least_long > most_long)) {
      add(fmt::format("a bridge must be at least {} and at most {}", size_text(bridges.least),
                      size_text(bridges.largest)),
          {});
    }
  }

  std::vector<Fault> found{};

 private:
  void die(std::size_t index, const std::string& what) {
    if (index < problem_.dies.size()) return;
    add(fmt::format("{} die {}, but there are {}", what, index, problem_.dies.size()),
        "dies are counted from 0");
  }
  void add(std::string message, std::string hint, std::vector<std::size_t> dies = {},
           std::optional<std::size_t> link = {}) {
    found.push_back({std::move(message), std::move(hint), std::move(dies), link});
  }

  const Problem& problem_;
};

}  // namespace

std::vector<Fault> faults(const Problem& problem) {
  Checker checker{problem};
  checker.indices();
  if (!checker.found.empty()) return checker.found;
  checker.dies();
  checker.links();
  checker.rules();
  return checker.found;
}

}  // namespace marquetry::layout
