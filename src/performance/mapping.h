// How one pass is split over the dies of packages that work together.
#pragma once

#include "number/numbers.h"

namespace marquetry::performance {

// Ways of one split: over dies of each package, and over packages.
template <Number Real>
struct Levels {
  Real inside{1.0}, outside{1.0};
};

// The ways inside multiply to the dies that work, those outside to the packages.
template <Number Real>
struct Mapping {
  Levels<Real> tensor{}, pipeline{}, data{};
  Real expert{1.0};        // of the data ways, those that hold different experts
  Real microbatches{1.0};  // into which the items of each data way are cut
  Real interleave{1.0};    // stages of each pipeline way
  Real busy{1.0};          // share of a package's dies that work
};

template <Number Real>
Real ways(const Levels<Real>& w) {
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

// So many ways over packages of so many dies: tensor ways stand closest, then stages, then replicas. Ways
// that talk to each other most are then on the fastest links (Narayanan et al., SC 2021, section 3.2).
template <Number Real>
Mapping<Real> placed(const Real& tensor, const Real& pipeline, const Real& data, const Real& dies) {
  Mapping<Real> out;
  Real room = dies;
  const auto put = [&room](const Real& wanted) {
    const Real inside = smaller(wanted, room);
    room = room / inside;
    return Levels<Real>{inside, wanted / inside};
  };
  out.tensor = put(tensor);
  out.pipeline = put(pipeline);
  out.data = put(data);
  out.busy = 1.0 / room;
  return out;
}

}  // namespace marquetry::performance
