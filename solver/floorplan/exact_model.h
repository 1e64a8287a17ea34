// The floorplan with the least wire as a linear program whose rows are switched on by decisions: which of two
// blocks is left of or below the other, and which way a block is turned.
#pragma once

#include "floorplan/exact_lp.h"
#include "floorplan/exact_symmetry.h"

namespace marquetry::floorplan::exact {

// A way to turn a block, of all those with the same size and pins.
struct Turn {
  Rotation rotation{};
  double width{}, height{};
};

struct Model {
  Program program{};
  double length{1}, cost{1};  // a unit of the program's lengths in nm, and of its value in the objective
  std::vector<std::vector<Turn>> turns{};
  std::vector<std::size_t> fraction{};  // column of the second turn of each block; the first has the rest
  std::vector<double> gap{};            // n x n
  std::vector<double> pull{};           // n x n: wire between two blocks
  std::size_t blocks{}, relations{}, turnings{};  // first rows of those
  bool mirror_x{}, mirror_y{};  // the first decision along that axis may be made one way only

  std::size_t x(std::size_t b) const { return b; }
  std::size_t y(std::size_t b) const { return blocks + b; }
  // a before b along the axis (0: left of, 1: below).
  std::size_t before(std::size_t a, std::size_t b, std::size_t axis) const {
    return relations + (a * blocks + b) * 2 + axis;
  }
  // Not that turn, or nothing but that turn.
  std::size_t turn_row(std::size_t b, std::size_t turn, bool only) const {
    return turnings + (b * 4 + turn) * 2 + (only ? 1 : 0);
  }
  double extent(std::size_t b, std::size_t axis, std::span<const double> at) const;
  double share(std::size_t b, std::size_t turn, std::span<const double> at) const;
};

// Pins of blocks `in` together cost `least` of wire or more, wherever they are (in the problem's units).
struct Cut {
  std::vector<std::size_t> blocks{};
  double least{};
};

// The same wire with fewer nets: like ones merged, doubled pins left out, three pins as half of each two.
std::vector<Net> reduced(const Problem& problem);

// Hard blocks only.
Model model_of(const Problem& problem, const Symmetry& symmetry, std::span<const Cut> cuts);

}  // namespace marquetry::floorplan::exact
