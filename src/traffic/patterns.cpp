// The patterns are those of Dally, Towles, "Principles and Practices of Interconnection Networks", 3.2, with
// the conventions of BookSim2 (booksim/booksim2, src/traffic.cpp) where both have one.
#include "traffic/patterns.h"

#include <algorithm>
#include <array>

#include "traffic/pattern_rows.h"

namespace marquetry::traffic {
namespace {

constexpr std::array table{
    Pattern{"uniform", "", "to any node alike", make_uniform},
    Pattern{"transpose", "", "to the node whose address has its halves swapped", make_transpose},
    Pattern{"bit-complement", "bitcomp", "to the node of the opposite address", make_bit_complement},
    Pattern{"bit-reverse", "bitrev", "to the node whose address reads backwards", make_bit_reverse},
    Pattern{"shuffle", "", "to the node whose address is turned by one bit", make_shuffle},
    Pattern{"tornado", "", "nearly half way round each dimension", make_tornado},
    Pattern{"neighbour", "neighbor", "to the next node in each dimension", make_neighbour},
    Pattern{"random-permutation", "randperm", "each to one other, drawn once", make_random_permutation},
    Pattern{"permutation", "", "each to the one that is given", make_permutation},
    Pattern{"hotspot", "", "all to a few nodes, in shares that may be given", make_hotspot},
    Pattern{"background", "", "to any node alike but a few", make_background},
    Pattern{"matrix", "", "as the weights of a matrix say", make_matrix},
    Pattern{"diagonal", "", "two thirds to the own node, one third to the next", make_diagonal},
    Pattern{"asymmetric", "", "to the nodes of the same place in each half", make_asymmetric},
    Pattern{"taper64", "", "half to the neighbourhood on a grid of 8 x 8, half anywhere", make_taper},
    Pattern{"next-group", "bad_dragon", "all of a group to the next group", make_group},
    Pattern{"row-to-column", "badperm_yarc", "all of a row to one column", make_to_column},
};

}  // namespace

std::span<const Pattern> patterns() { return table; }

const Pattern* find_pattern(std::string_view name) {
  for (const auto& row : table)
    if (row.name == name || (!row.alias.empty() && row.alias == name)) return &row;
  return nullptr;
}

bool sends(const Traffic& traffic) {
  switch (traffic.kind) {
    case Kind::uniform:
      return traffic.nodes > 1 || traffic.includes_self;
    case Kind::permutation:
      for (std::uint32_t s = 0; s < traffic.target.size(); ++s)
        if (traffic.target[s] != s || traffic.includes_self) return true;
      return false;
    case Kind::hotspot:
      return !traffic.spots.empty();
    case Kind::matrix:
      return std::ranges::any_of(traffic.weights, [](double w) { return w > 0; });
  }
  return false;
}

}  // namespace marquetry::traffic
