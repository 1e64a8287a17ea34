// Rows of the table: by paths on any graph, and by lots on grids and trees.
#pragma once

#include <optional>
#include <string>

#include "routing/routing.h"

namespace marquetry::routing {

using Made = std::optional<Routing>;

Made shortest(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_lowest_id(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_balanced(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made up_down(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made turn_prohibition(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_layered(const topology::Graph& graph, std::uint32_t vcs, std::string& why);

Made torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made balanced_torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made xy_yx(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made xy_yx_express(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made valiant(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made booksim_valiant(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made romm(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made nearest_common_ancestor(const topology::Graph& graph, std::uint32_t vcs, std::string& why);

}  // namespace marquetry::routing
