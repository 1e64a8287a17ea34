// What lies on the dies of a package, as heat and cost need it: silicon, interface, lid, and the plate of the
// cooling. From the section, interface and lid that a design may leave open.
#pragma once

#include <optional>

#include "design/design.h"
#include "library/library.h"
#include "system/lift.h"
#include "units/units.h"

namespace marquetry {

// One choice of it. Empty names: those of the packaging.
struct CoverRows {
  const Packaging* packaging{};
  const Cooling* cooling{};
  std::string section{}, tim{}, lid{};
  std::optional<double> lid_thickness{};  // m

  // The material of a layer, once the choice replaces it.
  std::string_view material_of(const StackLayer& layer) const {
    if (layer.part == "lid" && !lid.empty()) return lid;
    if (layer.part == "tim" && !tim.empty()) return tim;
    return layer.material;
  }
  // A direct cooling lies on the dies themselves.
  bool leaves_out(const StackLayer& layer) const {
    return !layer.part.empty() && (cooling->direct || (layer.part == "lid" && lid == "none"));
  }
};

template <Number Real>
struct CoverParameters {
  ThermalResistivity<Real> die{};        // across, from a die's circuits to the far side of the plate
  ThermalResistivity<Real> cover{};      // the same without the die's silicon
  ThermalResistivity<Real> joint{};      // between lid and plate
  Conductivity<Real> along{};            // of lid and plate
  Length<Real> thickness{};              // of both
  Length<Real> reach{};                  // by which heat spreads in the lid before it leaves it
  Area<Real> base{};                     // of the plate
  ThermalResistance<Real> resistance{};  // from the plate to the coolant; 0 for a direct cooling
  Real spreads{};                        // 0 for a direct cooling, else 1
  MoneyPerArea<Real> lid_price{};        // per package area

  template <class F, class... S>
  static void each_field(F&& f, S&... s) {
    f(s.die...), f(s.cover...), f(s.joint...), f(s.along...), f(s.thickness...), f(s.reach...), f(s.base...),
        f(s.resistance...), f(s.spreads...), f(s.lid_price...);
  }
};

template <Number Real>
CoverParameters<Real> cover_of(const Library& library, const CoverRows& rows, const Assumptions& assumptions,
                               const Lifting<Real>& lifting);

// Across the layers of a section between dies, or of a pile of memory: nothing where the library has none.
template <Number Real>
ThermalResistivity<Real> pile_resistance(const Library& library, const StackSection* section,
                                         const Lifting<Real>& lifting);

}  // namespace marquetry
