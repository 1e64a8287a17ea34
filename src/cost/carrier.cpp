#include "cost/carrier.h"

#include <numbers>

#include "cost/wafer.h"

namespace marquetry::cost {

template <Number Real>
Carrier<Real> carrier_of(const System<Real>& system, const area::PackageArea<Real>& area,
                         const Models& models) {
  const auto& packaging = system.packaging;
  // None, where the packaging has no carrier: 0.
  const Real present = select_less(Real{0.0}, packaging.carrier_factor, Real{1.0}, Real{0.0});
  const Area<Real> size = larger(area.carrier, Area<Real>(1.0 * unit::mm2));
  const Length<Real> side = sqrt(size);
  const Real gross = gross_dies(side, side, packaging.carrier_diameter, system.assumptions, models);
  Carrier<Real> out;
  out.raw =
      named("raw carrier", packaging.carrier_price / gross + area.carrier * packaging.carrier_bump_price);
  const Area<Real> wafer =
      Real(std::numbers::pi / 4) * (packaging.carrier_diameter * packaging.carrier_diameter);
  out.taken = present * wafer / at_least_some(gross);
  out.yield = named(
      "yield of the carrier",
      models.yield->function<Real>()(area.carrier, {packaging.carrier_defects, packaging.carrier_clustering}),
      models.yield->source);
  auto test = screen_of(system.test.carrier, system.coverages.carrier, Time<Real>{}, models.quirks);
  // Where dies come first there is nothing to test before them.
  const Real tested = present * (1.0 - packaging.chip_first);
  test = {test.coverage * tested, test.overkill * tested, test.cost * tested};
  out.test = named("carrier test", test.cost);
  const auto done = screened(Lot<Real>{out.raw, out.yield}, test);
  out.lot = done.lot;
  out.passed = done.passed;
  return out;
}

#define INSTANTIATE(Real) \
  template Carrier<Real> carrier_of(const System<Real>&, const area::PackageArea<Real>&, const Models&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
