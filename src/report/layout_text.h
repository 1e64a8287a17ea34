// A layout for a reader: a sketch, the places, the figures, what is proved, what is broken.
#pragma once

#include <string>

#include "report/layout_run.h"

namespace marquetry::report {

std::string layout_text(const LayoutReport& report);

}  // namespace marquetry::report
