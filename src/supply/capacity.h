// How many units the world could make, and how long the wafers of a volume take: each step of making a unit
// keeps all the world's capacity for that step busy for some time.
#pragma once

#include <span>

#include "cost/assembly.h"

namespace marquetry::supply {

// What is made of the parts of a system, and what is lost on the way.
template <Number Real>
struct Made {
  const System<Real>& system;
  std::span<const cost::DieCost<Real>> dies;
  const cost::UnitCost<Real>& cost;
};

// Wafers of a die type that one shipped unit takes.
template <Number Real>
Real wafers_of(const Made<Real>& made, std::size_t die);

// How long a step works on one shipped unit, if all the world's capacity does; 0 where that is unknown.
// Wafers of a die's node: those of all dies on that node.
template <Number Real>
Time<Real> node_time(const Made<Real>& made, std::size_t die);
// Bonding the dies of a type to those that they stand on; 0 on the package.
template <Number Real>
Time<Real> stacking_time(const Made<Real>& made, std::size_t die);
template <Number Real>
Time<Real> memory_time(const Made<Real>& made, std::size_t memory);
// Interposers, RDL or panels; packages where there is no carrier.
template <Number Real>
Time<Real> packaging_time(const Made<Real>& made);

// The step that works longest.
template <Number Real>
Time<Real> slowest_step(const Made<Real>& made);

// 1 / time, in units a month, of a share of the capacity. Where no step's capacity is known, more than
// anybody could ask for.
template <Number Real>
Real units_per_month(const Time<Real>& time, const Real& share);

}  // namespace marquetry::supply
