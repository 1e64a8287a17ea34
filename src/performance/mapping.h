// How one pass is split over the dies of packages that work together.
#pragma once

#include "number/numbers.h"

namespace marquetry::performance {

// Ways of one split: over dies of each package, and over packages.
template <Number Real>
struct Ways {
  Real inside{1.0}, outside{1.0};
};

// The ways inside multiply to the dies that work, those outside to the packages.
template <Number Real>
struct Mapping {
  Ways<Real> tensor{}, pipeline{}, data{};
  Real expert{1.0};        // of the data ways, those that hold different experts
  Real microbatches{1.0};  // into which the items of each data way are cut
  Real interleave{1.0};    // stages of each pipeline way
  Real busy{1.0};          // share of a package's dies that work
};

template <Number Real>
Real ways(const Ways<Real>& w) {
  return w.inside * w.outside;
}
template <Number Real>
Real packages(const Mapping<Real>& m) {
  return m.tensor.outside * m.pipeline.outside * m.data.outside;
}

// Where a workload says nothing else.
template <Number Real>
Mapping<Real> tensor_over_all(const Real& dies, const Real& packages) {
  Mapping<Real> out;
  out.tensor = {dies, packages};
  return out;
}

}  // namespace marquetry::performance
