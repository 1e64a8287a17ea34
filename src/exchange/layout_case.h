// Layout cases in neutral JSON: floorplans (blocks, terminals and nets, as MCNC and GSRC give them) and
// packages (dies with bundles of wires between bump clumps, or nets between pins). docs/layout.md says what
// stands in them.
#pragma once

#include "config/node.h"
#include "layout/problem.h"

namespace marquetry::exchange {

// How a floorplan is set up.
enum class Setting : std::uint8_t {
  scaled,  // terminals on a square of 1.1 times the blocks' area, pins at block centres; the blocks fill the
           // outline, a square, to 90 %, and the box round them is 1:1 within 1 %
  native,  // the outline is the terminals' frame, terminals and pins as they are given
  free,    // no outline and no terminals: as small as it gets
};

// Nothing after complaints.
std::optional<layout::Problem> read_layout_case(const Node& root, Setting setting, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
