// The order in which dies are drawn, and their names beside what else stands on them.
#pragma once

#include <vector>

#include "layout/layout.h"
#include "report/svg.h"

namespace marquetry::report {

// The lower before what stands on them.
std::vector<std::size_t> drawing_order(const layout::Problem& problem);

// Name, size and power, as large as they fit, upright or turned.
void write_name(Svg& svg, const layout::Problem& problem, const layout::Layout& layout, std::size_t die);

}  // namespace marquetry::report
