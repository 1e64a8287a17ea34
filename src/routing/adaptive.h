// Minimal adaptive routing with escape channels; rows of the table.
#pragma once

#include "routing/rows.h"

namespace marquetry::routing {

// On a grid by its coordinates, else by shortest paths.
Made minimal_adaptive(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made minimal_adaptive_paths(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made booksim_minimal_adaptive(const topology::Graph& graph, std::uint32_t vcs, std::string& why);

}  // namespace marquetry::routing
