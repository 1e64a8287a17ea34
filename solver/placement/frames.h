// What lies round the dies: the carrier, as small as it may be or as given, and the package.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

// Sets carrier and package of a layout whose dies stand.
void frame_in(const layout::Problem& problem, layout::Layout& layout);

// The same area as disjoint rectangles.
std::vector<geometry::Rect> disjoint(const std::vector<geometry::Rect>& rects);

}  // namespace marquetry::placement
