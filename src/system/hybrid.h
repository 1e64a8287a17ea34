// The hybrid bond that a packaging names, as the models take it.
#pragma once

#include "library/library.h"
#include "system/parameters.h"

namespace marquetry {

bonding::Joint joint_of(const HybridBond& bond);

// The packaging's own parameters, with its hybrid bond where it names one.
template <Number Real>
PackagingParameters<Real> packaging_parameters(const Packaging& packaging, const Library& library,
                                               const Lifting<Real>& lifting);

}  // namespace marquetry
