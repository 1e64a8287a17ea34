// How a workload is split where it says nothing: over how many packages, and which few splits are looked at.
#pragma once

#include <array>

#include "performance/pass.h"

namespace marquetry::performance {

// The one that needs least memory comes first. Over intervals each holds every split that may be meant.
template <Number Real>
struct DefaultSplits {
  std::array<Mapping<Real>, 5> mappings{};
  std::size_t count{};
  bool is_open{};  // over intervals: which of them there are depends on what is open

  void add(const Mapping<Real>& mapping) { mappings[count++] = mapping; }
};

// Whether tensor ways over all dies of so many packages may be more than share a KV cache: it would be kept
// and read again on each that is too many.
template <Number Real>
bool may_repeat_cache(const Demand<Real>& demand, const Real& dies, const Real& packages);

// Tensor ways over all dies, unless they repeat the cache; then also stages and replicas of as many tensor
// ways as share it.
template <Number Real>
DefaultSplits<Real> default_splits(const Workload<Real>& workload, const Demand<Real>& demand,
                                   const Real& dies, const Real& packages);

// The fewest packages, a power of two, whose memory holds it in one of these splits, or `most`.
template <Number Real>
Real packages_that_hold(const Workload<Real>& workload, const Demand<Real>& demand, const Data<Real>& usable,
                        const Real& dies, double most);

// Into how many each replica's share of the batch is cut.
template <Number Real>
Real microbatches_of(const Workload<Real>& workload, const Real& stages, const Real& replicas);

}  // namespace marquetry::performance
