// Half-perimeter of a problem's nets over a plan, made for being asked a million times a second: terminals of
// a net are folded into one box, nets on the same pins are one, and each pin is four numbers (x, y, -x, -y)
// so that a net is a run of vector maxima.
#pragma once

#include <cstddef>
#include <vector>

#include "floorplan/pack.h"

namespace marquetry::floorplan {

class Wire {
 public:
  Wire(const Problem& problem, const Frame& frame);

  // Weighted; the same as half_perimeter() of the floorplan.
  double length(const Plan& plan);
  // Where the block's nets would have its lower-left corner if all others stay: of the weighted medians the
  // one nearest to where it is. It may lie on another block or outside the outline.
  Point aim(const Plan& plan, Index block);

  bool empty() const { return nets_.empty(); }
  // Other blocks of the same nets, once for each net.
  const std::vector<Index>& partners(Index block) const { return partners_[block]; }

 private:
  typedef double Pair __attribute__((vector_size(16)));
  struct Corners {
    Pair high, low;  // (x, y), (-x, -y)
  };
  struct Offset {
    double x, y;
  };
  struct Slot {  // a point of a block that nets hang on
    Index block{};
    std::size_t offsets{};  // of its shapes
  };
  struct Net {
    std::size_t pins{}, end{};
    double weight{};
  };
  struct Breakpoint {
    double at, weight;
  };

  Offset offset(Index slot, const Plan& plan) const {
    return offsets_[slots_[slot].offsets + plan.shape[slots_[slot].block]];
  }
  double median(std::vector<Breakpoint>& points, double now) const;

  std::vector<Net> nets_;
  std::vector<Corners> terminals_;  // by net; of none: the lowest of all numbers
  std::vector<Index> pins_;         // slots
  std::vector<Slot> slots_;
  std::vector<Offset> offsets_;
  std::vector<std::vector<Index>> nets_of_, partners_;  // by block
  double constant_{};                                   // of nets between terminals alone
  std::vector<Corners> at_;                             // by slot
  std::vector<Breakpoint> x_, y_;
};

}  // namespace marquetry::floorplan
