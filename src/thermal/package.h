// What of spreader and sink lies beyond the footprint: twelve lumped nodes, as in HotSpot's grid model
// (Huang et al., IEEE Trans. VLSI 14(5), 2006; resistances of trapezoids as HotSpot 7 computes them). Those
// without any area are left out.
#pragma once

#include "thermal/assembly.h"

namespace marquetry::thermal {

// Adds the nodes, their links and capacities to a grid whose two upper layers are spreader and sink. scale:
// of the capacities.
void add_package(const Stack& stack, double scale, conduction::Grid& grid, conduction::Field& capacity);

}  // namespace marquetry::thermal
