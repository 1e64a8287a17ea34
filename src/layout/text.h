// Dies and lengths in the words of messages.
#pragma once

#include <string>

#include "layout/problem.h"

namespace marquetry::layout {

// "0.35 mm", "2.5 um", "40 nm".
std::string length_text(Nanometre length);
std::string size_text(Size size);                             // "7.75 mm x 11.87 mm"
std::string rough_size_text(Size size);                       // "37.4 x 48.8 mm", for titles and pictures
std::string area_text(double nanometres);                     // square ones: "858 mm2"
std::string quoted(const Problem& problem, std::size_t die);  // "'hbm[2]'"

}  // namespace marquetry::layout
