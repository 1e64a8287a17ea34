#include "cost/wafer.h"

#include "wafer/closed_forms.h"

namespace marquetry::cost {
namespace {

// Width, height and scribe in metres, and the inverse of the usable radius.
double placed_dies(const std::array<double, 4>& lengths, wafer::Workspace* workspace) {
  const auto& [width, height, scribe, curvature] = lengths;
  const wafer::Site site{Length<>::from_si(width), Length<>::from_si(height), Length<>::from_si(scribe),
                         Length<>::from_si(1 / curvature)};
  const auto placement = workspace != nullptr ? wafer::place_dies(site, *workspace) : wafer::place_dies(site);
  return static_cast<double>(placement.dies);
}

}  // namespace

template <Number Real>
Real gross_dies(const Length<Real>& width, const Length<Real>& height, const Length<Real>& wafer_diameter,
                const AssumptionParameters<Real>& assumptions, const Models& models) {
  const auto& quirks = models.quirks;
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
      arguments, [&](const std::array<double, 4>& a) { return placed_dies(a, models.workspace); },
      "gross dies per wafer");
}

#define INSTANTIATE(Real)                                                                 \
  template Real gross_dies(const Length<Real>&, const Length<Real>&, const Length<Real>&, \
                           const AssumptionParameters<Real>&, const Models&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
