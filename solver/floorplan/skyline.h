// A legal floorplan at once, whatever the number of blocks: the lowest notch of the skyline takes the block
// that fills it best. Burke, Kendall, Whitwell, "A new placement heuristic for the orthogonal
// stock-cutting problem", Operations Research 52(4), 2004.
#pragma once

#include "base/rng.h"
#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Nets play no part. Nothing where it does not fit an outline, or where blocks are fixed.
std::optional<Floorplan> skyline(const Problem& problem);

// Another one each time: of a strip of other width, filled by another taste.
std::optional<Floorplan> skyline_at_random(const Problem& problem, Rng rng);

}  // namespace marquetry::floorplan
