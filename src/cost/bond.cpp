#include "cost/bond.h"

namespace marquetry::cost {

template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const Real& bumps) {
  const Real once =
      named("yield of a bond, once", joint.bond_yield * power_of(joint.connection_yield, bumps));
  const Real again = joint.rework_share * (1.0 - once);
  return {named("yield of a bond", once / (1.0 - again)),
          named("cost of a bond",
                joint.bond_cost + joint.machine_cost + joint.rework_cost * (again / (1.0 - again)))};
}

template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const area::DieOutline<Real>& outline) {
  return bond_of(joint, Real(outline.area / (joint.bump_pitch * joint.bump_pitch)));
}

#define INSTANTIATE(Real)                                                     \
  template Bond<Real> bond_of(const PackagingParameters<Real>&, const Real&); \
  template Bond<Real> bond_of(const PackagingParameters<Real>&, const area::DieOutline<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
