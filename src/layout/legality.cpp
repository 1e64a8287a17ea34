// The table of rules. A layout that is not complete is held against nothing else.
#include "layout/legality.h"

#include <fmt/format.h>

#include "layout/legality_rules.h"
#include "layout/text.h"

namespace marquetry::layout {
namespace legality {

void complete(const Problem& problem, const Layout& layout, Found found) {
  const std::size_t dies = problem.dies.size(), links = problem.links.size();
  if (layout.dies.size() != dies || layout.sizes.size() != dies) {
    found.push_back({.message = fmt::format("of {} dies {} are placed and {} have a size", dies,
                                            layout.dies.size(), layout.sizes.size()),
                     .amount = 1});
  }
  for (std::size_t d = 0; d < std::min(dies, layout.sizes.size()); ++d) {
    if (layout.sizes[d].width > 0 && layout.sizes[d].height > 0) continue;
    found.push_back({.message = quoted(problem, d) + " has no size", .amount = 1, .dies = {d}});
  }
  const auto of_link = [&](const PlacedPhy& phy) {
    return phy.link && !phy.external && *phy.link < links &&
           (phy.die == problem.links[*phy.link].a || phy.die == problem.links[*phy.link].b);
  };
  const auto of_external = [&](const PlacedPhy& phy) {
    return phy.external && !phy.link && *phy.external < problem.externals.size() &&
           phy.die == problem.externals[*phy.external].die;
  };
  for (const auto& phy : layout.phys) {
    if (phy.die < dies && phy.module < 1'000'000 && (of_link(phy) || of_external(phy))) continue;
    found.push_back({.message = fmt::format("a PHY on {} belongs to no link there", quoted(problem, phy.die)),
                     .amount = 1});
  }
  for (const auto& bridge : layout.bridges) {
    if (bridge.link < links) continue;
    found.push_back({.message = "a bridge belongs to no link", .amount = 1});
  }
}

constexpr std::array table{
    Rule{"complete", "every die has a place and a size, every PHY and bridge belongs to a link", complete},
    Rule{"overlap", "no two dies overlap, but those stacked on each other", overlap},
    Rule{"gap", "two dies keep the gap of their pair, from bump ring to bump ring, in x or in y", gap},
    Rule{"outline", "every die, with its ring, is inside the carrier", outline},
    Rule{"edge", "every die on the carrier keeps the distance from its edge, from the ring", edge},
    Rule{"keep-out", "no die, with its ring, enters a keep-out", keep_out},
    Rule{"rotation", "a die is turned only as it may be (and can never be mirrored)", rotation},
    Rule{"size", "a hard die has its size, a soft one its area, within its aspects", size},
    Rule{"fixed", "a fixed die stands where it is fixed", fixed},
    Rule{"carrier", "the carrier has the fixed size, or is at most the largest, either way round", carrier},
    Rule{"carrier area", "the carrier's area is within the limit (multiples of the exposure field)",
         carrier_area},
    Rule{"aspect", "the box round all dies has an allowed ratio of width to height", aspect},
    Rule{"utilisation", "the dies fill enough of the box round them", utilisation},
    Rule{"package", "the package holds the carrier at its centre, with the edge round it", package},
    Rule{"modules", "every module of every link stands on both dies, those to the outside on theirs, once",
         modules},
    Rule{"PHY edge", "a PHY has its width along and its depth into the die, and touches the edge", phy_edge},
    Rule{"PHY side", "a PHY is at the edge where the maker of its die has it", phy_side},
    Rule{"PHY overlap", "the PHYs of a die do not overlap", phy_overlap},
    Rule{"corner", "PHYs keep clear of the corners of their die", corner},
    Rule{"shoreline", "the PHYs at an edge together are no wider than the edge without its corners",
         shoreline},
    Rule{"TSV zone", "no PHY enters a TSV zone of its die", tsv},
    Rule{"stitch", "no PHY crosses a stitch line: the given ones, or the borders of exposures", stitch},
    Rule{"facing", "PHYs that must face do: opposite edges, spans in common, no die between", facing},
    Rule{"reach", "the wires of a module, from edge to edge along x and y, are within its reach", reach},
    Rule{"memory", "a memory's PHY looks at its host, beside it, with nothing between", memory},
    Rule{"alignment", "the named edges or centres of a group lie on one line", alignment},
    Rule{"abutment", "two dies that should touch do, with their gap between", abutment},
    Rule{"symmetry", "the pairs of a group mirror each other about one axis, single ones stand on it",
         symmetry},
    Rule{"stack", "a stacked die is inside the one below, up to its overhang, and not above itself", stack},
    Rule{"bridge", "every module of a bridged link has a bridge under it, inside the carrier", bridge},
    Rule{"bridge depth", "a bridge reaches far enough under both of its dies", bridge_depth},
    Rule{"bridge size", "a bridge is of allowed size, either way round", bridge_size},
    Rule{"bridge count", "there are no more bridges than the technology allows", bridge_count},
    Rule{"bridge overlap", "no two bridges overlap", bridge_overlap},
    Rule{"bridge gap", "two bridges keep their gap, in x or in y", bridge_gap},
    Rule{"bumps", "a die has bumps for its signals beside power and ground, a PHY for its wires", bumps},
    Rule{"escape", "the wires that leave a die over an edge find room in the layers of the carrier", escape},
};

}  // namespace legality

std::span<const Rule> rules() { return legality::table; }

std::vector<Violation> violations(const Problem& problem, const Layout& layout) {
  std::vector<Violation> found;
  for (const auto& rule : rules()) {
    const std::size_t before = found.size();
    rule.check(problem, layout, found);
    for (std::size_t i = before; i < found.size(); ++i) found[i].rule = rule.name;
    if (rule.check == legality::complete && !found.empty()) break;
  }
  return found;
}

}  // namespace marquetry::layout
