// The least wire for fixed relations: where blocks should stand within their slack.
#pragma once

#include "floorplan/pack.h"

namespace marquetry::floorplan {

// Pairs of which each other pair's distance follows: (i, j) with i left of (below) j and nobody between.
struct Neighbours {
  Index low{}, high{};
};
std::vector<Neighbours> neighbours_x(const SequencePair& pair);
std::vector<Neighbours> neighbours_y(const SequencePair& pair);

// Moves blocks to where their nets are shortest while turns, relations, outline and (where area counts or
// there is no outline) the box stay: a linear program in each coordinate. Nothing is changed where that finds
// nothing better, runs out of time, or would break the box's aspect. The plan must be legal.
void tighten(const Problem& problem, const Frame& frame, Plan& plan, double seconds);

}  // namespace marquetry::floorplan
