// What the wires of a plan cost while placing, in each metric, and what they pull at.
#pragma once

#include <variant>

#include "floorplan/wire.h"
#include "placement/clumps.h"
#include "placement/phys.h"
#include "placement/place.h"

namespace marquetry::placement {

// Between the centres of the dies of links.
class Centres {
 public:
  Centres(const layout::Problem& problem, const Blocks& blocks) : problem_{&problem}, blocks_{&blocks} {}
  Score score(const floorplan::Plan& plan, const Stance& stance);
  const std::vector<Pull>& pulls(Axis axis) const { return axis == Axis::x ? along_x_ : along_y_; }

 private:
  const layout::Problem* problem_;
  const Blocks* blocks_;
  std::vector<Pull> along_x_{}, along_y_{};
};

// Half perimeters of nets. They pull at nothing: a net of many pins is no difference of two coordinates.
class Nets {
 public:
  Nets(const floorplan::Problem& problem, const floorplan::Frame& frame) : wire_{problem, frame} {}
  Score score(const floorplan::Plan& plan, const Stance&) { return {wire_.length(plan), 0}; }
  const std::vector<Pull>& pulls(Axis) const { return none_; }
  geometry::Point aim(const floorplan::Plan& plan, floorplan::Index block) { return wire_.aim(plan, block); }

 private:
  floorplan::Wire wire_;
  std::vector<Pull> none_{};
};

using Wires = std::variant<Clumps, Phys, Centres, Nets>;

// The metric that `automatic` stands for; centres where clumps cannot hold the wires.
Metric metric_of(const layout::Problem& problem, Metric wanted);

// Where pulls at a block would have it if all others stayed: the weighted median of its partners.
geometry::Nanometre median(const std::vector<Pull>& pulls, const std::vector<geometry::Nanometre>& at,
                           floorplan::Index block);

}  // namespace marquetry::placement
