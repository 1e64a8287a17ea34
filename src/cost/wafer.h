// How many dies a round wafer gives.
#pragma once

#include "presets/presets.h"
#include "system/system.h"

namespace marquetry::cost {

// Whole dies on a wafer of usable radius R, placed on a grid of pitch (width + scribe, height + scribe). The
// grid is placed for real, in its four symmetric positions (a die or a street in the middle, each way), and
// the best is taken: never more than can be cut, and at most a few per cent below the best free offset. All
// in metres.
double dies_on_wafer(double width, double height, double scribe, double usable_radius);

// The same over any number type. Falls in both sides, the scribe and the rim, which gives the bounds.
template <Number Real>
Real gross_dies(const Length<Real>& width, const Length<Real>& height, const Length<Real>& wafer_diameter,
                const AssumptionParameters<Real>& assumptions, const Quirks& quirks = {});

}  // namespace marquetry::cost
