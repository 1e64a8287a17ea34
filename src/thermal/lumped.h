// One-dimensional heat: each die to the case through its own stack, the case to the coolant through the
// cooling. No spreading between dies, no hot spots inside them, leakage at 85 degC: the grid solver refines
// all three.
#pragma once

#include <span>
#include <vector>

#include "power/power.h"

namespace marquetry::thermal {

template <Number Real>
struct ThermalFigures {
  Temperature<Real> case_temperature{};
  std::vector<Temperature<Real>> dies{};      // by die type
  std::vector<Temperature<Real>> memories{};  // by memory
  Temperature<Real> peak{};                   // of the dies
  PowerPerArea<Real> peak_flux{};             // of a die or pile of dies
};

template <Number Real>
void lumped(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
            std::span<const power::DiePower<Real>> die_power, const power::PackagePower<Real>& power,
            ThermalFigures<Real>& out);

}  // namespace marquetry::thermal
