#include "topology/generators.h"

#include <algorithm>
#include <array>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

constexpr std::string_view dally_towles =
    "Dally, Towles, Principles and Practices of Interconnection Networks";

constexpr std::array table{
    Generator{"all", "every pair of dies", dally_towles, Joins::dies, "shortest-layered", 1, all_pairs},
    Generator{"mesh", "nearest neighbours, as near to a square as can be", dally_towles, Joins::dies,
              "shortest-layered", 1, mesh},
    Generator{"star", "every die to the hub", "Naffziger et al., ISSCC 2020 (I/O die of EPYC)",
              Joins::dies_hub, "shortest-layered", 1, star},
    Generator{"ring", "each die to the one before and the one after", dally_towles, Joins::dies,
              "shortest-layered", 2, ring},
    Generator{"torus", "a mesh with its rims joined by long links", dally_towles, Joins::dies,
              "shortest-layered", 3, torus},
    Generator{"folded-torus", "a torus of which no link passes over more than one die", dally_towles,
              Joins::dies, "shortest-layered", 3, folded_torus},
    Generator{"concentrated-mesh", "a mesh of four nodes a die, with express channels along the rim",
              "Balfour, Dally, ICS 2006", Joins::dies, "shortest-layered", 2, concentrated_mesh},
    Generator{"flattened-butterfly", "every pair in a row and in a column", "Kim, Dally, Abts, ISCA 2007",
              Joins::dies, "shortest-layered", 1, flattened_butterfly},
    Generator{"fat-tree", "a tree of switches whose levels all carry the same",
              "Petrini, Vanneschi, IPPS 1997", Joins::switches, "nearest-common-ancestor", 1, fat_tree},
    Generator{"hypercube", "dies whose numbers differ in one bit", dally_towles, Joins::dies,
              "shortest-layered", 1, hypercube},
    Generator{"dragonfly", "fully joined groups, a link between every two of them",
              "Kim, Dally, Scott, Abts, ISCA 2008", Joins::dies, "shortest-layered", 2, dragonfly},
    Generator{"octa-mesh", "a mesh with both diagonals", "RapidChiplet, arXiv 2311.06081", Joins::dies,
              "shortest-layered", 1, octa_mesh},
    Generator{"sid-mesh", "diagonals only, and the rim", "RapidChiplet, arXiv 2311.06081", Joins::dies,
              "shortest-layered", 2, sid_mesh},
    Generator{"kite-small", "diagonals first, then neighbours, four links a die",
              "Bharadwaj et al., DAC 2020", Joins::dies, "shortest-layered", 3, kite_small},
    Generator{"kite-medium", "links of two pitches, diagonals, neighbours, four links a die",
              "Bharadwaj et al., DAC 2020", Joins::dies, "shortest-layered", 3, kite_medium},
    Generator{"kite-large", "knight's moves, then as kite-medium, four links a die",
              "Bharadwaj et al., DAC 2020", Joins::dies, "shortest-layered", 3, kite_large},
    Generator{"hexa-mesh", "rows of bricks around a die, six neighbours each", "Iff et al., arXiv 2211.13989",
              Joins::dies, "shortest-layered", 1, hexa_mesh},
    Generator{"hex-torus", "a hexa-mesh whose lines are closed by long links",
              "RapidChiplet, arXiv 2311.06081", Joins::dies, "shortest-layered", 3, hex_torus},
    Generator{"folded-hex-torus", "a hexa-mesh whose lines are folded rings", "Iff et al., arXiv 2504.19878",
              Joins::dies, "shortest-layered", 3, folded_hex_torus},
    Generator{"hierarchical", "a mesh inside each die, joined to one over the package",
              "Coskun et al., ICCAD 2018", Joins::switches, "dimension-order", 1, hierarchical},
};

}  // namespace

std::span<const Generator> generators() { return table; }

const Generator* find_generator(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Generator::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace marquetry::topology
