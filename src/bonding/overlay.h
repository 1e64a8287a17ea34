// Whether all pads of a die meet. The error that they share moves, turns and stretches the array; each pad
// adds its own.
#pragma once

#include <complex>
#include <vector>

#include "bonding/pad_error.h"
#include "presets/presets.h"

namespace marquetry::bonding {

// Where dies lie that are aligned together: their centres, in micrometres, with the share of each.
struct Place {
  std::complex<double> centre{};
  double share{1};
};

// Die to wafer: the die itself. Wafer to wafer: places all over the wafer where a whole die fits.
std::vector<Place> places(const Process& process, const DieSize& die);
// The dies of a grid with a die or a street in the middle of the wafer, as YAP lays them.
std::vector<Place> grid_of_dies(const Process& process, const DieSize& die);

// E over (T, R, M) of P(every signal has a joint).
double overlay_yield(const Process& process, const Pads& pads, const DieSize& die, const Quirks& quirks);

// Magnification: its mean and deviation.
Spread magnification(const Alignment& alignment, const Quirks& quirks);

// Pads that stand for all of them where only the worst corner is looked at: a rectangle about `offset`.
struct Corners {
  std::complex<double> offset{};
  double half_width{}, half_height{};
};
Corners corners(const Process& process, const Pads& pads, const Quirks& quirks);

}  // namespace marquetry::bonding
