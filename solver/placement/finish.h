// From dies that stand to a layout that is complete: PHYs, bridges, carrier and package.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

// In the middle of a carrier of a given size, where nothing anchors the dies: there the margins are widest.
void centre(const layout::Problem& problem, layout::Layout& layout);

void finish(const layout::Problem& problem, layout::Layout& layout);

// All dies side by side: where nothing better is known.
layout::Layout row_of(const layout::Problem& problem);

}  // namespace marquetry::placement
