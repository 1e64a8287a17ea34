// Heat in closed form: across the layers of each die, spreading in lid and plate, through the cooling. Each
// die evenly hot, all dies side by side in the middle of the plate, leakage at 85 degC: the grid solver
// refines all three. Equations, sources and errors: docs/levers.md.
#pragma once

#include <span>
#include <vector>

#include "area/package_area.h"
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
            const area::PackageArea<Real>& area, std::span<const power::DiePower<Real>> die_power,
            const power::PackagePower<Real>& power, ThermalFigures<Real>& out);

// From a disc of radius a to the mean of a plate of radius b >= a, thickness t and conductivity k whose far
// side gives h per area to the coolant: K/W beyond what the plate has where heat enters it evenly. SI. Lee,
// Song, Au & Moran, ASME/JSME Thermal Engineering Conf. 4, 1995; for squares of equal area.
template <Number Real>
Real constriction(const Real& a, const Real& b, const Real& t, const Real& k, const Real& h);

}  // namespace marquetry::thermal
