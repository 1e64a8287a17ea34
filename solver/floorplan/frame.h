// A problem made ready for packing: the shapes each block may take, gaps split into a share on either side of
// a block, the limits of each coordinate.
#pragma once

#include <vector>

#include "floorplan/problem.h"
#include "floorplan/sequence_pair.h"

namespace marquetry::floorplan {

// One way a block may stand: a turn, or a width of a soft block. Sizes as turned.
struct Shape {
  Size size{};
  Rotation rotation{};
  friend bool operator==(const Shape&, const Shape&) = default;
};

// Turns that change neither the size nor the pins need not be tried; a judge who sees more than the nets of
// the problem (the side of a PHY) wants them all.
enum class Turns : std::uint8_t { distinct, all };

struct Excess {
  Index other{};
  Nanometre gap{};  // the whole of it
};

// One coordinate of all blocks: low <= position, position + size <= limit.
struct Limits {
  std::vector<Nanometre> low{}, limit{};
};

struct Frame {
  std::vector<std::vector<Shape>> shapes{};  // by block
  // Between i and the next j to its right (or above) lies after[i] + before[j]. Where a pair's gap is larger
  // than that it stands in `excess` of both; a gap that splits for all pairs leaves none.
  std::vector<Nanometre> before{}, after{};
  std::vector<std::vector<Excess>> excess{};
  bool has_excess{};
  Limits x{}, y{};
  bool has_outline{};
  double least_aspect{}, largest_aspect{};
  std::vector<Index> movable{};  // not fixed
  std::vector<std::size_t> kinds{};
  double side{};  // of a square with the area of all blocks: the scale of an overflow

  Index size() const { return static_cast<Index>(shapes.size()); }
};

Frame frame(const Problem& problem, Turns turns = Turns::distinct);

inline constexpr Nanometre unlimited = Nanometre{1} << 60;

}  // namespace marquetry::floorplan
