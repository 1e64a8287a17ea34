// What a hybrid bond is made of and how exactly it is made: copper pads in an oxide, pressed face to face and
// annealed. The parameters are those of YAP (nanocad-lab/YAP, arXiv 2511.05506), in units that have names.
#pragma once

#include "presets/presets.h"
#include "units/units.h"

namespace marquetry::bonding {

enum class Flow { die_to_wafer, wafer_to_wafer };

struct Spread {
  double mean{}, deviation{};
};
template <class Q>
struct Normal {
  Q mean{}, deviation{};
};

// How well the two faces are aligned. Each pad is off by T + (M + iR) z, z its place, and by an error of its
// own that is normal in both directions.
struct Alignment {
  Normal<Length<>> x{}, y{};  // translation T
  Spread rotation{};          // R, in radians
  Normal<Length<>> bow{};     // difference of the bows of both faces
  Quantity<dimension::length * -1> magnification_per_bow{};
  double magnification{};        // M without bow
  Normal<Length<>> pad_error{};  // of a pad by itself, each way; its mean is read by one quirk alone
  double contact_share{};        // of the smaller pad's area that must touch
  double distance_share{};       // of the least oxide between neighbours that must stay
};

// Particles: thickness t has the density (z-1) t0^(z-1) / t^z, t >= t0. A particle of thickness t at a
// distance rho from the centre of what is bonded leaves a void of radius (growth rho + radius) sqrt(t /
// reference); on a wafer its tail is as long as tail rho sqrt(t / reference).
struct Particles {
  PerArea<> density{};
  double exponent{3};
  Length<> least_thickness{}, reference{1e-6 * unit::m};
  Length<> void_radius{};
  double void_growth{}, void_tail{};
};

// Copper stands below the oxide by a normal depth; heat lifts it to close the gap, too little depth lifts
// the faces apart.
struct Recess {
  Normal<Length<>> top{}, bottom{};  // height above the oxide: negative is below
  Quantity<dimension::length + dimension::temperature * -1> top_expansion{}, bottom_expansion{};
  Temperature<> room{}, anneal{};
  Length<> asperity_radius{}, roughness{}, dielectric{}, free_dish{};
  double roughness_constant{};
  EnergyPerArea<> adhesion{};
  Quantity<dimension::energy + dimension::length * -3> stiffness{};       // Young's modulus of the oxide
  Quantity<dimension::energy + dimension::length * -4> peel_stiffness{};  // pressure of copper per height
};

struct Process {
  Flow flow{};
  Alignment alignment{};
  Particles particles{};
  Recess recess{};
  Length<> wafer_radius{150e-3 * unit::m}, street{};  // wafer to wafer: where the dies lie
};

// The array of pads of one die, centred on it. Signals are either critical (one pad) or redundant (`copies`
// pads, `separation` apart); what is left carries nothing that matters.
struct Pads {
  Length<> pitch{}, bottom_radius{}, top_radius{};
  double rows{}, columns{};
  double critical{}, redundant_signals{};
  int copies{1};
  Length<> separation{};

  Length<> width() const { return (columns - 1) * pitch; }
  Length<> height() const { return (rows - 1) * pitch; }
};

struct DieSize {
  Length<> width{}, height{};
};

// How an array is laid out. Radii: of the bottom pad over half the pitch, of the top pad over the bottom
// one's. Shares are of all pads; `signals_per_pad` is how many redundant signals a redundant pad stands for.
struct PadLayout {
  Length<> pitch{};
  double bottom_ratio{}, top_ratio{};
  double critical_share{1}, redundant_share{}, signals_per_pad{0.5};
  int copies{2};
  Length<> separation{};
};

// Pads along one side of a block of YAP's pad map, 400 um wide.
double block_side(Length<> pitch);

// As many pads as fit.
Pads pad_array(const DieSize& die, const PadLayout& layout, const Quirks& quirks = {});

// The same without rounding to whole pads.
Pads even_array(const DieSize& die, const PadLayout& layout, const Quirks& quirks = {});

}  // namespace marquetry::bonding
