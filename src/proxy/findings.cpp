// What RapidChiplet's models take without a word. Reach and edge are those of UCIe's module for the bump
// pitch of the package: UCIe 1.0 specification, and nanocad-lab/cost_model_chiplets, io_definitions.xml, for
// the width of a module.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "proxy/evaluate.h"

namespace marquetry::proxy {
namespace {

struct Standard {
  const char* name{};
  double coarsest{};    // mm of bump pitch for which it is made
  double reach{};       // mm
  double lanes_a_mm{};  // in each direction, per mm of edge
};

constexpr Standard advanced{"UCIe-A", 0.055, 2, 64 / 0.3888}, standard{"UCIe-S", 0.130, 25, 16 / 0.5715};

const Standard& of_pitch(double pitch) { return pitch <= advanced.coarsest ? advanced : standard; }

void long_links(const Design& design, const Standard& phy, std::vector<Finding>& out) {
  const auto links = wires(design, {});
  const auto too_long = [&](const Wire& wire) { return wire.length > phy.reach; };
  const auto count = std::ranges::count_if(links, too_long);
  if (count == 0) return;
  const auto longest = std::ranges::max(links, {}, &Wire::length);
  out.push_back({fmt::format("{} of {} links {} beyond the {} mm that {} drives; the longest, {} to {}, is "
                             "{} mm",
                             count, links.size(), count == 1 ? "is" : "are", significant(phy.reach, 3),
                             phy.name, longest.a, longest.b, significant(longest.length, 3)),
                 longest.length / phy.reach});
}

// Of each type the chiplet that uses most.
void short_edges(const Design& design, const Standard& phy, std::vector<Finding>& out) {
  std::vector<double> needed(design.nodes());
  for (const auto& wire : wires(design, {})) {
    for (const auto node : {wire.a, wire.b}) needed[node] += wire.bandwidth / phy.lanes_a_mm;
  }
  for (std::size_t t = 0; t < design.types.size(); ++t) {
    const auto& type = design.types[t];
    double most = 0;
    for (std::size_t c = 0; c < design.chiplets.size(); ++c) {
      if (design.chiplets[c].type == t) most = std::max(most, needed[c]);
    }
    const double edge = 2 * (type.width + type.height);
    if (most <= edge) continue;
    out.push_back(
        {fmt::format("the links of a '{}' take {} mm of edge at the {} lanes a mm of {}; it has {} mm",
                     type.name, significant(most, 3), significant(phy.lanes_a_mm, 3), phy.name,
                     significant(edge, 3)),
         most / edge});
  }
}

void shared_phys(const Design& design, std::vector<Finding>& out) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> used;
  for (const auto& link : design.links) {
    for (const auto& end : {link.a, link.b}) {
      if (design.is_chiplet(end.node) && !used.emplace(end.node, end.phy).second)
        out.push_back({fmt::format("PHY {} of chiplet {} serves more than one link", end.phy, end.node), 2});
    }
  }
}

// Chiplets that stand on each other; those of a kind are told once.
void overlaps(const Design& design, std::vector<Finding>& out) {
  constexpr double rounding = 1e-9;
  const auto sides = [&](const Chiplet& c) {
    const auto& type = design.types[c.type];
    return c.turns % 2 == 1 ? std::pair{type.height, type.width} : std::pair{type.width, type.height};
  };
  for (std::size_t i = 0; i < design.chiplets.size(); ++i) {
    const auto& a = design.chiplets[i];
    const auto [aw, ah] = sides(a);
    for (std::size_t j = i + 1; j < design.chiplets.size(); ++j) {
      const auto& b = design.chiplets[j];
      const auto [bw, bh] = sides(b);
      const double x = std::min(a.x + aw, b.x + bw) - std::max(a.x, b.x),
                   y = std::min(a.y + ah, b.y + bh) - std::max(a.y, b.y);
      if (x > rounding && y > rounding)
        out.push_back({fmt::format("chiplets {} and {} overlap by {} x {} mm", i, j, significant(x, 3),
                                   significant(y, 3)),
                       1});
    }
  }
}

}  // namespace

std::vector<Finding> findings(const Design& design) {
  std::vector<Finding> out;
  const auto& phy = of_pitch(design.packaging.bump_pitch);
  overlaps(design, out);
  shared_phys(design, out);
  long_links(design, phy, out);
  short_edges(design, phy, out);
  return out;
}

}  // namespace marquetry::proxy
