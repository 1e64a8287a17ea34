// The functions behind the rows of patterns.cpp.
#pragma once

#include "traffic/patterns.h"

namespace marquetry::traffic {

using Make = std::optional<Traffic>(std::uint32_t nodes, const PatternArguments& arguments, std::string& why);

// Each node to one other: pattern_permutations.cpp.
Make make_transpose, make_bit_complement, make_bit_reverse, make_shuffle, make_tornado, make_neighbour,
    make_permutation, make_random_permutation;
// Each to several: pattern_shares.cpp.
Make make_uniform, make_hotspot, make_matrix, make_background, make_diagonal, make_asymmetric, make_taper,
    make_group, make_to_column;

// Of a square of nodes; 0 where they are none.
std::uint32_t whole_root(std::uint32_t nodes);

}  // namespace marquetry::traffic
