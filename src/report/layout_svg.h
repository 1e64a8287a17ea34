// A layout as a picture: package, carrier, dies with names and the corner of their first pin, PHYs, bridges,
// links, rules; scale bar and legend. Its layers are groups with an id; `heat` lies ready, empty, above the
// carrier for a map of temperatures.
#pragma once

#include <string>

#include "layout/layout.h"

namespace marquetry::report {

std::string layout_svg(const layout::Problem& problem, const layout::Layout& layout);

}  // namespace marquetry::report
