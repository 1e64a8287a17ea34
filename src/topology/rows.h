// The rows of the table of topologies, and what several of them share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/builder.h"

namespace marquetry::topology {

// Routers at the crossings of a grid, a pitch apart.
std::vector<Point> places(const Grid& grid);

std::optional<Graph> all_pairs(const Size& size, std::string& why);
std::optional<Graph> mesh(const Size& size, std::string& why);
std::optional<Graph> star(const Size& size, std::string& why);
std::optional<Graph> ring(const Size& size, std::string& why);
std::optional<Graph> torus(const Size& size, std::string& why);
std::optional<Graph> folded_torus(const Size& size, std::string& why);
std::optional<Graph> concentrated_mesh(const Size& size, std::string& why);
std::optional<Graph> flattened_butterfly(const Size& size, std::string& why);
std::optional<Graph> fat_tree(const Size& size, std::string& why);
std::optional<Graph> hypercube(const Size& size, std::string& why);
std::optional<Graph> dragonfly(const Size& size, std::string& why);
std::optional<Graph> octa_mesh(const Size& size, std::string& why);
std::optional<Graph> sid_mesh(const Size& size, std::string& why);
std::optional<Graph> kite_small(const Size& size, std::string& why);
std::optional<Graph> kite_medium(const Size& size, std::string& why);
std::optional<Graph> kite_large(const Size& size, std::string& why);
std::optional<Graph> hexa_mesh(const Size& size, std::string& why);
std::optional<Graph> hex_torus(const Size& size, std::string& why);
std::optional<Graph> folded_hex_torus(const Size& size, std::string& why);
std::optional<Graph> hierarchical(const Size& size, std::string& why);

}  // namespace marquetry::topology
