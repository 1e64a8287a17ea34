// What one pass of a workload asks of the machine that runs it, all ways of its split together: operations by
// class, bytes (never elements) by kind, collectives by kind, and what comes out.
#pragma once

#include "system/system.h"

namespace marquetry::performance {

template <Number Real>
struct Demand {
  // Operations; a multiply-accumulate is two.
  Real matrix{}, attention{}, other{};
  // To and from memory: weights once each microbatch, the cache once for each time that it is kept.
  Data<Real> weights_read{}, cache_read{}, activations_moved{};
  Data<Real> between{};  // the same for operators between products, which wait for memory
  // Kept in memory: weights on each data way, the optimiser's state over all of them.
  Data<Real> weights{}, cache{}, optimiser{}, activations{};
  // Experts, of which a token chooses few. Weights of all of them, and -log(share of them that one token
  // leaves).
  Data<Real> experts{};
  Real chosen{};
  bool has_experts{};
  Real cache_ways{};  // tensor ways that share a cache; beyond them it is repeated
  bool is_split{};    // over dies and packages; items of others are independent, and need no collectives
  Real all_reduces{};
  Data<Real> all_reduce{};  // of each, over the tensor ways
  Real all_to_alls{};
  Data<Real> all_to_all{};  // of each, over the ways that hold different experts
  Data<Real> boundary{};    // from one pipeline stage to the next
  Data<Real> gradients{};   // reduced over the data ways, once a pass
  Real layers{};            // steps that each cost the fixed overhead
  Real tokens{};            // that come together: those that choose experts
  Data<Real> word{};        // of operands
  Real items{};             // tokens, images, or operations that come out
  bool is_training{};
  bool is_cyclic{};  // the next pass of the same sequences follows at once
};

template <Number Real>
Real operations(const Demand<Real>& d) {
  return d.matrix + d.attention + d.other;
}

// One pass of the workload; where it is served, the prompts of its whole batch.
template <Number Real>
Demand<Real> demand(const Workload<Real>& workload);

// Of so many prompts of `context` tokens, and of one token for each of so many sequences that see `seen`.
template <Number Real>
Demand<Real> prompt_pass(const Workload<Real>& workload, const Real& sequences);
template <Number Real>
Demand<Real> token_pass(const Workload<Real>& workload, const Real& sequences, const Real& seen);

// Of the items a second: "token/s", "image/s", "TFLOP/s" (then 1e12 items are one).
std::string_view unit_of(WorkloadKind kind);
double items_per_unit(WorkloadKind kind);

}  // namespace marquetry::performance
