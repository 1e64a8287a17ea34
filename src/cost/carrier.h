// What carries the dies between them and the substrate: an interposer, RDL or glass, from a wafer or a panel.
#pragma once

#include "area/package_area.h"
#include "cost/lot.h"
#include "cost/models.h"

namespace marquetry::cost {

// Tested before dies come on it where they come last; as it comes where they come first.
template <Number Real>
struct Carrier {
  Money<Real> raw{};   // before any test
  Real yield{1.0};     // P(good), seams between exposures included
  Lot<Real> lot{};     // of those that go on
  Real passed{1.0};    // share that goes on
  Money<Real> test{};  // of one
  Area<Real> taken{};  // its share of the wafer, rim and streets included
};

// Exposures that a carrier of that area takes; each has masks of its own.
template <Number Real>
Real carrier_fields(const System<Real>& system, const area::PackageArea<Real>& area, const Quirks& quirks);

// The wafer or panel that carriers are cut from.
template <Number Real>
Area<Real> sheet_area(const PackagingParameters<Real>& packaging);

// Free and perfect where the packaging has none.
template <Number Real>
Carrier<Real> carrier_of(const System<Real>& system, const area::PackageArea<Real>& area,
                         const Models& models);

}  // namespace marquetry::cost
