#include "cost/carrier.h"

#include <numbers>

#include "cost/wafer.h"
#include "wafer/panel.h"
#include "wafer/stitching.h"

namespace marquetry::cost {
namespace {

// From a panel, where the row has one.
template <Number Real>
Real panel_parts(const Length<Real>& side, const PackagingParameters<Real>& p, const Length<Real>& scribe) {
  if (representative(p.panel_width.si()) == 0) return 1.0;
  const Length<Real> some = Length<Real>(1.0 * unit::mm);  // where one of several rows has no panel
  const std::array<Real, 5> falls{side.si(), scribe.si(), p.panel_margin.si(),
                                  1.0 / larger(p.panel_width, some).si(),
                                  1.0 / larger(p.panel_height, some).si()};
  const auto count = [](const std::array<double, 5>& a) {
    const auto length = [](double si) { return Length<>::from_si(si); };
    const wafer::Panel panel{length(1 / a[3]), length(1 / a[4]), length(a[2])};
    const auto placed =
        wafer::place_on_panel(panel, length(a[0]), length(a[0]), length(a[1]), wafer::Rotation::allowed);
    return static_cast<double>(placed.parts);
  };
  return falling(falls, count, "carriers on a panel");
}

// What is said of the exposures that a square of that side takes: a count that rises with the side.
template <Number Real, class F>
Real of_exposures(const Length<Real>& side, const AssumptionParameters<Real>& rules, F count,
                  std::string_view name) {
  const std::array<Real, 3> falls{1.0 / side.si(), rules.reticle_width.si(), rules.reticle_height.si()};
  const auto counted = [&count](const std::array<double, 3>& a) {
    const auto length = Length<>::from_si(1 / a[0]);
    return static_cast<double>(
        count(wafer::stitching(length, length, {Length<>::from_si(a[1]), Length<>::from_si(a[2])})));
  };
  return falling(falls, counted, name);
}

// Of a square carrier of several exposures: P(no seam fails). Each seam runs along the whole side.
template <Number Real>
Real seam_yield(const Length<Real>& side, const System<Real>& system) {
  if (representative(system.packaging.seam_defects.si()) == 0) return 1.0;
  const Real seams = of_exposures(
      side, system.assumptions, [](const wafer::Stitching& s) { return s.columns + s.rows - 2; },
      "seams across the carrier");
  return named("yield of the seams",
               wafer::stitch_yield(system.packaging.seam_defects, Length<Real>(seams * side)));
}

}  // namespace

template <Number Real>
Real carrier_fields(const System<Real>& system, const area::PackageArea<Real>& area, const Quirks& quirks) {
  const auto& rules = system.assumptions;
  if (quirks.has(quirk("actuary-no-reticle")) || representative(rules.reticle_width.si()) == 0) return 1.0;
  const Length<Real> side = sqrt(larger(area.carrier, Area<Real>(1.0 * unit::mm2)));
  return of_exposures(
      side, rules, [](const wafer::Stitching& s) { return s.fields(); }, "exposures of the carrier");
}

template <Number Real>
Area<Real> sheet_area(const PackagingParameters<Real>& p) {
  const Area<Real> round = Real(std::numbers::pi / 4) * (p.carrier_diameter * p.carrier_diameter);
  const Area<Real> panel = p.panel_width * p.panel_height;
  return Area<Real>::from_si(select_less(Real{0.0}, p.panel_width.si(), panel.si(), round.si()));
}

template <Number Real>
Carrier<Real> carrier_of(const System<Real>& system, const area::PackageArea<Real>& area,
                         const Models& models) {
  const auto& packaging = system.packaging;
  // None, where the packaging has no carrier: 0.
  const Real present = select_less(Real{0.0}, packaging.carrier_factor, Real{1.0}, Real{0.0});
  const Area<Real> size = larger(area.carrier, Area<Real>(1.0 * unit::mm2));
  const Length<Real> side = sqrt(size);
  const Real gross =
      named("carriers on a wafer or panel",
            select_less(Real{0.0}, packaging.panel_width.si(),
                        panel_parts(side, packaging, system.assumptions.scribe),
                        gross_dies(side, side, packaging.carrier_diameter, system.assumptions, models)));
  Carrier<Real> out;
  out.raw =
      named("raw carrier", packaging.carrier_price / gross + area.carrier * packaging.carrier_bump_price);
  out.taken = present * sheet_area(packaging) / at_least_some(gross);
  const Real seams = models.quirks.has(quirk("actuary-no-reticle")) ? Real{1.0} : seam_yield(side, system);
  const yield::Defects<Real> defects{packaging.carrier_defects, packaging.carrier_clustering};
  out.yield = named("yield of the carrier", models.yield->function<Real>()(area.carrier, defects) * seams,
                    models.yield->source);
  auto test = screen_of(system.test.carrier, system.coverages.carrier, Time<Real>{}, models.quirks);
  // Where dies come first there is nothing to test before them.
  const Real tested = named("1 where carriers are tested, else 0", present * (1.0 - packaging.chip_first));
  test = {test.coverage * tested, test.overkill * tested, test.cost * tested};
  out.test = named("carrier test", test.cost);
  const auto done = screened(Lot<Real>{out.raw, out.yield}, test, "the test of carriers");
  out.lot = done.lot;
  out.passed = done.passed;
  return out;
}

#define INSTANTIATE(Real)                                                                           \
  template Area<Real> sheet_area(const PackagingParameters<Real>&);                                 \
  template Real carrier_fields(const System<Real>&, const area::PackageArea<Real>&, const Quirks&); \
  template Carrier<Real> carrier_of(const System<Real>&, const area::PackageArea<Real>&, const Models&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
