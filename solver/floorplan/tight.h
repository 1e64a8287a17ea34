// From a loose floorplan to a legal one: pairs that overlap are put apart, and then every block moves to
// where its nets are shortest, within its slack.
#pragma once

#include "floorplan/loose.h"

namespace marquetry::floorplan {

// In [0, width] x [0, height] of the region, which counts the gap once more than the outline. Nothing where
// the pairs cannot be put apart.
std::optional<Floorplan> tightened(const Problem& problem, const LoosePlan& plan, Size region, Rng rng);

}  // namespace marquetry::floorplan
