// From dies that stand to a layout that is complete: PHYs, bridges, carrier and package.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

void finish(const layout::Problem& problem, layout::Layout& layout);

// All dies side by side: where nothing better is known.
layout::Layout row_of(const layout::Problem& problem);

}  // namespace marquetry::placement
