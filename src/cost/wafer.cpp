#include "cost/wafer.h"

#include "wafer/closed_forms.h"

namespace marquetry::cost {
namespace {

// Dies side by side within a half chord, with a die's centre or a street's centre in the middle of the wafer.
double in_row(double half_chord, double width, double scribe, bool centred) {
  const double pitch = width + scribe;
  if (centred) return half_chord < width / 2 ? 0 : 2 * std::floor((half_chord - width / 2) / pitch) + 1;
  return 2 * std::floor((half_chord + scribe / 2) / pitch);
}

}  // namespace

double dies_on_wafer(double width, double height, double scribe, double usable_radius) {
  const double pitch = height + scribe;
  double best = 0;
  for (const bool row_centred : {true, false}) {
    double die_centred = 0;
    double street_centred = 0;
    // Rows above the middle; all but the middle one have a twin below it.
    for (double k = 0;; ++k) {
      const double outer = row_centred ? k * pitch + height / 2 : k * pitch + scribe / 2 + height;
      if (outer >= usable_radius) break;
      const double half_chord = std::sqrt(usable_radius * usable_radius - outer * outer);
      const double twins = row_centred && k == 0 ? 1 : 2;
      die_centred += twins * in_row(half_chord, width, scribe, true);
      street_centred += twins * in_row(half_chord, width, scribe, false);
    }
    best = std::max({best, die_centred, street_centred});
  }
  return best;
}

template <Number Real>
Real gross_dies(const Length<Real>& width, const Length<Real>& height, const Length<Real>& wafer_diameter,
                const AssumptionParameters<Real>& assumptions, const Quirks& quirks) {
  const bool peers_rim = quirks.has(quirk("actuary-wafer-rim"));
  const Length<Real> scribe = peers_rim ? Length<Real>{0.2 * unit::mm} : assumptions.scribe;
  const Length<Real> rim = peers_rim ? Length<Real>{5.0 * unit::mm} : assumptions.edge_exclusion;
  const Length<Real> radius = wafer_diameter / 2.0 - rim;
  if (quirks.has(quirk("actuary-dpw-real"))) {
    return named("dies per wafer, real-valued",
                 wafer::actuary_dies(Real((width * height).si()), scribe.si(), radius.si()));
  }
  // It rises with the radius, so it falls with the inverse.
  const Real curvature = named("1 / usable radius in m", 1.0 * unit::m / radius);
  const std::array<Real, 4> arguments{width.si(), height.si(), scribe.si(), curvature};
  return falling(
      arguments, [](const std::array<double, 4>& a) { return dies_on_wafer(a[0], a[1], a[2], 1 / a[3]); },
      "gross dies per wafer");
}

#define INSTANTIATE(Real)                                                                 \
  template Real gross_dies(const Length<Real>&, const Length<Real>&, const Length<Real>&, \
                           const AssumptionParameters<Real>&, const Quirks&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
