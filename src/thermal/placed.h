// The stack of a placed package: its section cut out where the dies stand.
#pragma once

#include <span>

#include "layout/layout.h"
#include "thermal/stack.h"

namespace marquetry::thermal {

// rects: by die of the problem, where it stands; the problem must have a section. Dies on dies add their
// power to the die at the foot of their pile, where the section has no layer of their own.
Stack placed_stack(const layout::Problem& problem, std::span<const geometry::Rect> rects,
                   const geometry::Rect& carrier, const geometry::Rect& package);

}  // namespace marquetry::thermal
