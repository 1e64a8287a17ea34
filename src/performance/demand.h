// What one pass of a workload asks of the machine that runs it, all ways of its split together: operations by
// class, bytes (never elements) by kind, collectives by kind, and what comes out.
#pragma once

#include "system/system.h"

namespace marquetry::performance {

template <Number Real>
struct Demand {
  // Operations; a multiply-accumulate is two.
  Real matrix{}, attention{}, other{};
  // To and from memory, for one copy of the weights and of the cache.
  Data<Real> weights_read{}, cache_read{}, activations_moved{};
  // Kept in memory, likewise.
  Data<Real> weights{}, cache{}, optimiser{}, activations{};
  Real cache_ways{};  // tensor ways that a cache can be shared by; beyond them it is repeated. 0: any number
  bool is_split{};    // over dies and packages; items of others are independent, and need no collectives
  Real all_reduces{};
  Data<Real> all_reduce{};  // of each, over the tensor ways
  Real all_to_alls{};
  Data<Real> all_to_all{};  // of each, over the ways that hold different experts
  Data<Real> boundary{};    // from one pipeline stage to the next
  Data<Real> gradients{};   // reduced over the data ways, once a pass
  Real layers{};            // steps that each cost the fixed overhead
  Real items{};             // tokens, images, or operations that come out
};

template <Number Real>
Real operations(const Demand<Real>& d) {
  return d.matrix + d.attention + d.other;
}
template <Number Real>
Data<Real> traffic(const Demand<Real>& d) {
  return d.weights_read + d.cache_read + d.activations_moved;
}
template <Number Real>
Data<Real> capacity(const Demand<Real>& d) {
  return d.weights + d.cache + d.optimiser + d.activations;
}

template <Number Real>
Demand<Real> demand(const Workload<Real>& workload);

// Of the items a second: "token/s", "image/s", "TFLOP/s" (then 1e12 items are one).
std::string_view unit_of(WorkloadKind kind);
double items_per_unit(WorkloadKind kind);

}  // namespace marquetry::performance
