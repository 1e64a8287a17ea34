// Where the routers of a network are drawn.
#pragma once

#include <vector>

#include "topology/graph.h"

namespace marquetry::report {

// Its own places where it has them, all different; else by family: levels of a tree, a grid; else about
// as far from each other as they are over links, or on a circle round a router that most are joined to. In
// units of the least distance between two.
std::vector<topology::Point> drawn_places(const topology::Graph& graph);

}  // namespace marquetry::report
