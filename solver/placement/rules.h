// What a packed plan still breaks, as one number that shrinks as it gets better: about 1 for a rule that is
// plainly broken, 0 where all are kept. Overlaps, gaps and limits are the packer's; PHYs are counted apart.
#pragma once

#include "floorplan/pack.h"
#include "placement/stance.h"

namespace marquetry::placement {

// The box round the dies, without rings.
geometry::Rect box(const layout::Problem& problem, const Stance& stance);
// Of the carrier that a plan needs.
geometry::Size carrier(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan);

double carrier_penalty(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
                       const Stance& stance);
double group_penalty(const layout::Problem& problem, const Stance& stance);
bool has_groups(const layout::Problem& problem);

}  // namespace marquetry::placement
