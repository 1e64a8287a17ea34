// Two orders of the same blocks that say for each pair which one is to the left of or above the other.
// Murata, Fujiyoshi, Nakatake, Kajitani, IEEE TCAD 15(12), 1996:
//   i before j in both:                           i is left of j;
//   i before j in the first, after j in the second: i is above j.
#pragma once

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "geometry/geometry.h"

namespace marquetry::floorplan {

using Index = std::uint32_t;

struct SequencePair {
  std::vector<Index> first{}, second{};        // blocks by position
  std::vector<Index> at_first{}, at_second{};  // positions by block

  Index size() const { return static_cast<Index>(first.size()); }
  bool left_of(Index i, Index j) const { return at_first[i] < at_first[j] && at_second[i] < at_second[j]; }
  bool above(Index i, Index j) const { return at_first[i] < at_first[j] && at_second[i] > at_second[j]; }
  friend bool operator==(const SequencePair&, const SequencePair&) = default;
};

SequencePair row(Index n);  // from left to right by index
SequencePair shuffled(Index n, Rng& rng);

// What stands in a floorplan: where two blocks overlap in neither coordinate both relations hold, and one is
// taken; where they overlap in both (a rough start) the relation is that of the lesser overlap as far as the
// others let it. Rectangles with their shares of the gaps.
SequencePair relations(const std::vector<geometry::Rect>& blocks);

// The smallest changes of a pair; `undone` reverses them.
struct Edit {
  enum class Kind : std::uint8_t { swap_first, swap_second, move_first, move_second, shape } kind{};
  Index a{}, b{};  // swap: two blocks; move: from position a to position b; shape: block a takes its shape b
};
Edit undone(const Edit& edit);  // not of a shape: its old one is not known
void apply(const Edit& edit, SequencePair& pair);

}  // namespace marquetry::floorplan
