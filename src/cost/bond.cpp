#include "cost/bond.h"

#include <algorithm>

#include "number/numeric.h"

namespace marquetry::cost {

namespace {

// Of a bond that holds the first time.
template <Number Real>
Bond<Real> reworked(const PackagingParameters<Real>& joint, const Real& once) {
  const Real again = joint.rework_share * (1.0 - once);
  return {named("yield of a bond", once / (1.0 - again)),
          named("cost of a bond",
                joint.bond_cost + joint.machine_cost + joint.rework_cost * (again / (1.0 - again)))};
}

template <Number Real>
Real typed_yield(const PackagingParameters<Real>& joint, const Real& bumps) {
  return named("yield of a bond, once", joint.bond_yield * power_of(joint.connection_yield, bumps));
}

// Integrals do not keep to a trend in their last digits, and a peer's counting by whole dies has none.
Interval widened_bond(const Interval& yield, bool trend) {
  if (yield.lower == yield.upper) return yield;
  if (!trend) return {1e-6, 1};
  return {yield.lower * (1 - 1e-4), std::min(yield.upper * (1 + 1e-4), 1.0)};
}

template <Number Real>
Real hybrid_yield(const HybridJoint& hybrid, const PackagingParameters<Real>& joint,
                  const area::DieOutline<Real>& outline, const Models& models) {
  const std::array<Real, 4> face{outline.width.si(), outline.height.si(), joint.bump_pitch.si(),
                                 joint.bond_particles.si()};
  const auto yield = numeric<Real, 4>(
      face, {Trend::falls, Trend::falls, Trend::rises, Trend::falls},
      [&](const bonding::Face& f) {
        return models.bonds != nullptr ? models.bonds->yield(hybrid, f, models.quirks)
                                       : bonding::joint_yield(*hybrid, f, models.quirks);
      },
      "yield of a hybrid bond, once");
  if constexpr (std::is_same_v<Real, Interval>) {
    const bool counted =
        hybrid->process.flow == bonding::Flow::wafer_to_wafer && models.quirks.has(quirk("yap-wafer-fill"));
    return widened_bond(yield, !counted);
  } else {
    return yield;
  }
}

}  // namespace

template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const Real& bumps) {
  return reworked(joint, typed_yield(joint, bumps));
}

template <Number Real>
Bond<Real> bond_of(const PackagingParameters<Real>& joint, const area::DieOutline<Real>& outline,
                   const Models& models, const Real& mended) {
  const auto once = [&](const HybridJoint& hybrid) {
    return hybrid ? hybrid_yield(hybrid, joint, outline, models)
                  : mended * typed_yield(joint, Real(outline.area / (joint.bump_pitch * joint.bump_pitch)));
  };
  if (!joint.hybrids) return reworked(joint, once(nullptr));
  Real yield = once(joint.hybrids->front());
  for (std::size_t i = 1; i < joint.hybrids->size(); ++i) yield = either(yield, once((*joint.hybrids)[i]));
  return reworked(joint, yield);
}

#define INSTANTIATE(Real)                                                                      \
  template Bond<Real> bond_of(const PackagingParameters<Real>&, const Real&);                  \
  template Bond<Real> bond_of(const PackagingParameters<Real>&, const area::DieOutline<Real>&, \
                              const Models&, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
