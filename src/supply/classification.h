// Figures by which export rules classify a product, and how many there can be and when.
#pragma once

#include "area/die_outline.h"
#include "performance/roofline.h"
#include "supply/capacity.h"

namespace marquetry::supply {

template <Number Real>
struct SupplyFigures {
  Real total_processing_performance{};  // TPP: greatest over the formats of dense tera-operations/s x bits
  Real performance_density{};           // TPP / mm2 of dies with non-planar transistors; 0 without any
  Time<Real> time_to_market{};          // design, wafers of the volume, assembly
  Time<Real> agility{};                 // by which it grows with each percent of wafer supply that is lost
  Real units_per_month{};               // of the step that is scarcest
  Time<Real> delivery{};                // the volume at that rate
  Real wafers_per_month{};              // of all nodes, that the volume takes over the production time
  Real packages_per_month{};            // the same of units
};

template <Number Real>
SupplyFigures<Real> supply(const Made<Real>& made, std::span<const area::DieOutline<Real>> outlines,
                           const performance::Peaks<Real>& peaks);

// TPP of known peaks.
template <Number Real>
Real processing_performance(const performance::Peaks<Real>& peaks);

}  // namespace marquetry::supply
