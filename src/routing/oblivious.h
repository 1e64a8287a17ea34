// Routings that draw lots, on grids and trees; rows of the table.
#pragma once

#include <optional>
#include <string>

#include "routing/routing.h"

namespace marquetry::routing {

using Made = std::optional<Routing>;

Made torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made balanced_torus_order(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made xy_yx(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made xy_yx_express(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made valiant(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made booksim_valiant(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made romm(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made nearest_common_ancestor(const topology::Graph& graph, std::uint32_t vcs, std::string& why);

}  // namespace marquetry::routing
