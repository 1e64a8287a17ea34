// How long one pass takes, split over dies and packages, and what it keeps in memory.
#pragma once

#include "performance/demand.h"
#include "performance/machine.h"
#include "performance/mapping.h"

namespace marquetry::performance {

template <Number Real>
struct PassTime {
  Time<Real> compute{}, memory{}, network{}, overhead{}, total{};
};

// Of one pass, split like that. `peak` is a package's.
template <Number Real>
PassTime<Real> pass_time(const Demand<Real>& demand, const Rate<Real>& peak, const Machine<Real>& machine,
                         const EfficiencyParameters<Real>& efficiency, const Mapping<Real>& mapping);

// In all packages together.
template <Number Real>
Data<Real> capacity(const Demand<Real>& demand, const Mapping<Real>& mapping);

// From memory, in all packages together.
template <Number Real>
Data<Real> traffic(const Demand<Real>& demand, const Mapping<Real>& mapping);

}  // namespace marquetry::performance
