// The derivation of a figure, from its trace: each named step with its formula, down to sourced numbers.
#pragma once

#include "number/trace.h"

namespace marquetry::report {

// `depth`: levels of the tree that are shown; a step that stands further up is not repeated.
std::string explain_text(const Trace& figure, int depth);

// The same as a tree of objects: name, value, unit, formula, source, low, high, estimate, from.
std::string explain_json(const Trace& figure);

}  // namespace marquetry::report
