// One assessed system, for reading.
#pragma once

#include "evaluation/assess.h"

namespace marquetry::report {

std::string evaluation_text(const Prepared& prepared, const Assessment& assessment);

// "node = tsmc-n7, dies = 4": what was chosen.
std::string choice_text(const Design& design, const Choice& choice);

// One line for each: where, what it is, what it may be, how to mend it.
std::string violations_text(const std::vector<Violation>& violations);

}  // namespace marquetry::report
