// What stands on the package, the carrier below it and the substrate below that.
#pragma once

#include <span>

#include "area/die_outline.h"

namespace marquetry::area {

template <Number Real>
struct PackageArea {
  Area<Real> silicon{};    // all dies, those of a stack too; no memory
  Area<Real> standing{};   // dies and memories on the package, without gaps
  Area<Real> footprint{};  // dies and memories on the package with their gaps
  Area<Real> carrier{};    // interposer, RDL or glass; 0 without one
  Area<Real> substrate{};
};

// outlines: by die type.
template <Number Real>
PackageArea<Real> package_area(const System<Real>& system, std::span<const DieOutline<Real>> outlines);

}  // namespace marquetry::area
