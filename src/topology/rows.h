// The rows of the table of topologies, and what several of them share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/builder.h"

namespace marquetry::topology {

// Routers at the crossings of a grid, a pitch apart; folded: the ring of each row and column goes out over
// every second place and back over the others, so that no link is longer than two pitches.
std::vector<Point> places(const Grid& grid);
std::vector<Point> folded_places(const Grid& grid);

std::optional<Graph> mesh(const Size& size, std::string& why);
std::optional<Graph> torus(const Size& size, std::string& why);
std::optional<Graph> concentrated_mesh(const Size& size, std::string& why);
std::optional<Graph> flattened_butterfly(const Size& size, std::string& why);
std::optional<Graph> fat_tree(const Size& size, std::string& why);

}  // namespace marquetry::topology
