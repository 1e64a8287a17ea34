// Figures by which export rules classify a product, and how long it takes to get one.
#pragma once

#include <span>

#include "area/die_outline.h"
#include "performance/roofline.h"

namespace marquetry::supply {

template <Number Real>
struct SupplyFigures {
  Real total_processing_performance{};  // TPP: greatest over the formats of dense tera-operations/s x bits
  Real performance_density{};           // TPP / mm2 of dies with non-planar transistors; 0 without any
  Time<Real> time_to_market{};          // design, slowest wafer, assembly
};

// BIS, 15 CFR 774 Supplement 1, ECCN 3A090, technical notes (October 2023).
template <Number Real>
SupplyFigures<Real> supply(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
                           const performance::Peaks<Real>& peaks);

// TPP of known peaks.
template <Number Real>
Real processing_performance(const performance::Peaks<Real>& peaks);

}  // namespace marquetry::supply
