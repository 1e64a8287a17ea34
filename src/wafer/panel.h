// Parts cut from a rectangular panel: organic and glass substrates, fan-out on panels.
#pragma once

#include "units/units.h"
#include "wafer/placement.h"

namespace marquetry::wafer {

// The margin is what handling takes on all four sides.
struct Panel {
  Length<> length{}, breadth{}, margin{};
};

struct PanelPlacement {
  long parts{};
  bool rotated{};  // width along the breadth
};

// Rows and columns of one grid: floor((L + s) / X) floor((B + s) / Y), which no offset betters. Touching the
// margin is allowed, within rounding. The better of both orientations where they are allowed.
PanelPlacement place_on_panel(const Panel& panel, Length<> width, Length<> height, Length<> scribe,
                              Rotation rotation);

}  // namespace marquetry::wafer
