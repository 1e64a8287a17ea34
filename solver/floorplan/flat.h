// Annealing of single blocks by their nets and their box: what a problem itself asks for.
#pragma once

#include "floorplan/anneal.h"
#include "floorplan/wire.h"

namespace marquetry::floorplan {

// The objective of a problem.
class Toll {
 public:
  Toll(const Problem& problem, const Frame& frame) : wire_{problem, frame}, weights_{problem.objective} {}

  Verdict operator()(Plan& plan) {
    double cost = 0;
    if (weights_.wire != 0) cost += weights_.wire * wire_.length(plan);
    if (weights_.area != 0) cost += weights_.area * geometry::area(plan.box);
    return {cost, 0};
  }
  const Wire& wire() const { return wire_; }
  Point aim(const Plan& plan, Index block) { return wire_.aim(plan, block); }

 private:
  Wire wire_;
  Objective weights_;
};

// Annealed twice, then tightened. From `start` if there is one (it need not be legal), else from chance.
Result flat(const Problem& problem, const Options& options, const Floorplan* start = nullptr);

}  // namespace marquetry::floorplan
