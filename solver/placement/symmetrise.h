// A picture of dies drawn to the symmetries of its problem: what a search finds nearly symmetric, or not at
// all.
#pragma once

#include "placement/judge.h"

namespace marquetry::placement {

// The plan with each pair at mirrored places (turned so that their PHYs mirror too) and single dies on the
// axis, in the order in which they lie along it; relations follow from the places, which are compact and not
// yet settled.
floorplan::Plan symmetrised(const Task& task, const floorplan::Plan& plan);

}  // namespace marquetry::placement
