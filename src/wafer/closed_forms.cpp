#include "wafer/closed_forms.h"

#include <numbers>

namespace marquetry::wafer {
namespace {

// Of the radius over the side of a square of the same area.
template <Number Real>
Real first_order(const Real& ratio) {
  return std::numbers::pi * ratio * (ratio - std::numbers::sqrt2);
}

}  // namespace

template <Number Real>
Real actuary_dies(const Real& area, const Real& scribe, const Real& usable_radius) {
  using std::sqrt;
  const Real side = sqrt(area) + scribe;  // A' is the square of it
  return first_order(Real(usable_radius / side));
}

template <Number Real>
Real de_vries_dies(const Real& area, const Real& diameter) {
  using std::sqrt;
  return first_order(Real(0.5 * diameter / Real(sqrt(area))));
}

#define INSTANTIATE(Real)                                            \
  template Real actuary_dies(const Real&, const Real&, const Real&); \
  template Real de_vries_dies(const Real&, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::wafer
