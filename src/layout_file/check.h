// What holds for a placement document as a whole, once every field is read.
#pragma once

#include "config/node.h"
#include "layout/problem.h"

namespace marquetry::layout_file {

void check(const layout::Problem& problem, const Node& root, Diagnostics& diagnostics);

}  // namespace marquetry::layout_file
