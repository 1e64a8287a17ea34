// Wire in the transport metric while placing: of an assignment of wires to clumps that is optimal where the
// dies stand, the pulls between blocks. Moving the blocks by these and assigning anew, in turns, each exact
// for the other, comes to a point where neither finds anything shorter.
#pragma once

#include "layout/wire.h"
#include "placement/relations.h"
#include "placement/score.h"
#include "placement/stance.h"

namespace marquetry::placement {

class Clumps {
 public:
  // The dies of all links must have clumps.
  Clumps(const layout::Problem& problem, const Blocks& blocks);

  // Where the clumps cannot hold the wires, wherever the dies stand: a penalty.
  Score score(const floorplan::Plan& plan, const Stance& stance);
  const std::vector<Pull>& pulls(Axis axis) const { return axis == Axis::x ? along_x_ : along_y_; }

 private:
  void pull(const floorplan::Plan& plan, std::size_t link, std::size_t clumps, double wires);
  double nearest(const floorplan::Plan& plan);

  const layout::Problem* problem_;
  const Blocks* blocks_;
  layout::Transport transport_;
  std::vector<layout::ClumpPoints> points_{};
  std::vector<Pull> along_x_{}, along_y_{};
};

}  // namespace marquetry::placement
