// A layout in characters, for a terminal.
#pragma once

#include <string>

#include "layout/layout.h"

namespace marquetry::report {

// The carrier and the dies with their names, some 70 characters wide.
std::string layout_sketch(const layout::Problem& problem, const layout::Layout& layout);

}  // namespace marquetry::report
