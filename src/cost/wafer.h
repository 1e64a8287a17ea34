// How many dies a round wafer gives.
#pragma once

#include "cost/models.h"
#include "system/system.h"

namespace marquetry::cost {

// Whole dies at the best offset of their grid (wafer/placement.h). Falls in both sides, the scribe and the
// rim, which gives the bounds. With a workspace, what it has placed before is not placed again.
template <Number Real>
Real gross_dies(const Length<Real>& width, const Length<Real>& height, const Length<Real>& wafer_diameter,
                const AssumptionParameters<Real>& assumptions, const Models& models = {});

// Where a wafer gives none, a share of it would be infinite, and nothing times that no number. Such a system
// cannot be made, which a rule says.
template <Number Real>
Real at_least_some(const Real& gross) {
  return larger(gross, Real{1e-9});
}

}  // namespace marquetry::cost
