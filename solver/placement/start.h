// A first arrangement from the links alone: dies that are linked lie near each other, those far apart in the
// graph of links far apart on the carrier.
#pragma once

#include <optional>

#include "placement/judge.h"

namespace marquetry::placement {

// None where the problem has too few links to say anything, or too many dies for all their distances.
std::optional<floorplan::Plan> start_from_links(const Task& task, Rng rng);

}  // namespace marquetry::placement
