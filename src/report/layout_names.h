// The names of dies in a drawing, beside what else stands on them.
#pragma once

#include "layout/layout.h"
#include "report/svg.h"

namespace marquetry::report {

// Name, size and power, as large as they fit, upright or turned.
void write_name(Svg& svg, const layout::Problem& problem, const layout::Layout& layout, std::size_t die);

}  // namespace marquetry::report
