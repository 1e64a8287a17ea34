// From a sequence pair to positions, in amortised O(1) a block (and O(1) for each pair with a gap of its
// own): blocks are settled in the order of the first sequence; of those settled before, only the `staircase`
// is kept, the blocks that reach further than all with a lower position in the second sequence. It is a bit
// mask over those positions, so that the one a block must clear is found by counting zeros.
#pragma once

#include <bit>
#include <vector>

#include "floorplan/frame.h"

namespace marquetry::floorplan {

// Blocks with their relations and where they stand. Legal when both overflows are 0.
struct Plan {
  SequencePair pair{};
  std::vector<Index> shape{};                // of Frame::shapes
  std::vector<Nanometre> x{}, y{};           // lower-left corners
  std::vector<Nanometre> width{}, height{};  // as turned
  std::vector<Rotation> rotation{};
  Size box{};  // round all blocks; from the origin where the outline is open
  // By how much the longest chain of blocks exceeds its limits, or the box its aspect.
  Nanometre overflow_x{}, overflow_y{};
};

void take_shape(const Frame& frame, Plan& plan, Index block, Index shape);
Plan plan_of(const Frame& frame, SequencePair pair);  // first shapes, positions not yet set
// Takes shapes, positions and relations of a floorplan (sizes need not be those of a shape but for hard
// blocks).
Plan plan_of(const Frame& frame, const Floorplan& floorplan);
Floorplan floorplan_of(const Frame& frame, const Plan& plan);

// The positions each block would like to have.
struct Wish {
  std::vector<Nanometre> x{}, y{};
};

// The direction in which blocks make room for each other: those in the way are pushed to the right (up) until
// the limit is met, and only then to the left (down); or the other way round.
struct Push {
  bool right{true}, up{true};
};

class Packer {
 public:
  explicit Packer(const Frame& frame);

  // Left-below: every block as near to the origin as its relations let it.
  void compact(Plan& plan);
  // Every block at its wish, or as little beyond it as its relations and limits ask.
  void keep(Plan& plan, const Wish& wish, Push push = {});
  // Room of each block if all others of its chains give way: earliest and latest positions within the limits,
  // where these are finite, else within the box of the compact packing. earliest > latest: overflow.
  struct Slack {
    std::vector<Nanometre> earliest{}, latest{};
  };
  Slack slack_x(const Plan& plan);
  Slack slack_y(const Plan& plan);

 private:
  enum class From { low, high };
  struct Coordinate;
  template <class Staircase>
  void settle(const Coordinate& along, From from, const std::vector<Nanometre>& wanted,
              std::vector<Nanometre>& settled);
  void settle(const Coordinate& along, From from, const std::vector<Nanometre>& wanted,
              std::vector<Nanometre>& settled);
  Nanometre keep(const Coordinate& along, const std::vector<Nanometre>& wish, bool ahead,
                 std::vector<Nanometre>& position);
  Slack slack(const Coordinate& along);
  void measure(Plan& plan) const;

  const Frame* frame_;
  std::vector<Nanometre> reach_, wanted_, settled_;
  std::vector<std::uint64_t> words_;
};

}  // namespace marquetry::floorplan
