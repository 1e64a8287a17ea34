// What one pass of a workload asks of the machine that runs it: operations, bytes (never elements), capacity,
// collectives, and what comes out.
#pragma once

#include "system/system.h"

namespace marquetry::performance {

template <Number Real>
struct Demand {
  Real operations{};      // a multiply-accumulate is two
  Data<Real> traffic{};   // to and from memory
  Data<Real> capacity{};  // kept in memory
  Real collectives{};     // all-reduces, where the work is split over dies or packages
  Data<Real> payload{};   // of each of them
  bool has_collectives{};
  Real layers{};  // steps that each cost the fixed overhead
  Real items{};   // tokens, images, or operations that come out
};

template <Number Real>
Demand<Real> demand(const Workload<Real>& workload);

// Of the items a second: "token/s", "image/s", "TFLOP/s" (then 1e12 items are one).
std::string_view unit_of(WorkloadKind kind);
double items_per_unit(WorkloadKind kind);

}  // namespace marquetry::performance
