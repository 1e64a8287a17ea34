// Rectangles, nets and gaps: the floorplanning problem, without a word of chiplets. Lengths are whole
// nanometres.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "geometry/geometry.h"

namespace marquetry::floorplan {

using geometry::Nanometre;
using geometry::Placement;
using geometry::Point;
using geometry::Rotation;
using geometry::Size;

struct Soft {
  double area{};                              // square nanometres
  double least_aspect{1}, largest_aspect{1};  // width / height
};

struct Block {
  Size size{};
  std::uint8_t rotations{0b1111};  // bit r: Rotation r is allowed
  std::optional<Placement> fixed{};
  std::optional<Soft> soft{};  // its width and height are open; `size` is one allowed shape
  std::size_t kind{};  // blocks of one kind are interchangeable: same size, rotations and nets up to names
};

// On a block: `at` from the lower-left corner of the unturned block, or its centre; without a block: a fixed
// point.
struct Pin {
  std::int32_t block{-1};
  Point at{};
  bool at_centre{};
};
struct Net {
  std::vector<Pin> pins{};
  double weight{1};
};

struct PairGap {
  std::size_t a{}, b{};
  Nanometre gap{};
};

// What is minimised: wire * (weighted half-perimeter of nets, in nm) + area * (of the box round all, in nm2).
struct Objective {
  double wire{1}, area{};
};

struct Problem {
  std::vector<Block> blocks{};
  std::vector<Net> nets{};
  Nanometre gap{};                // between any two blocks
  std::vector<PairGap> gaps{};    // where two have another
  std::optional<Size> outline{};  // all blocks lie in [0, width] x [0, height]; none: free, from the origin
  double least_aspect{}, largest_aspect{};  // width / height of the box round all blocks; 0: any
  Objective objective{};
};

struct Floorplan {
  std::vector<Placement> blocks{};
  std::vector<Size> sizes{};  // unturned; of hard blocks those of the problem
};

// A search ends at whichever comes first. Steps are moves: the same number of them gives the same bytes
// again, for any number of threads; seconds do not.
struct Budget {
  double seconds{10};
  std::uint64_t steps{};  // 0: as many as fit in the time
  const std::atomic<bool>* stop{};
  std::atomic<std::uint64_t>* done{};  // steps so far, for a progress line
};

struct Options {
  Budget budget{};
  std::uint64_t seed{1};
  int threads{1};
};

struct Result {
  std::optional<Floorplan> best{};  // legal; none where none was found
  double objective{};               // of `best`
  double bound{};                   // no legal floorplan is below it
  bool proved{};                    // that `best` is optimal, or (without one) that there is none
  std::uint64_t steps{};
};

double half_perimeter(const Problem& problem, const Floorplan& floorplan);
Size box(const Problem& problem, const Floorplan& floorplan);  // round all blocks
double objective(const Problem& problem, const Floorplan& floorplan);

}  // namespace marquetry::floorplan
