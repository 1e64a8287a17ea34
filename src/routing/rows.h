// Rows of the table that go by paths on any graph.
#pragma once

#include "routing/oblivious.h"

namespace marquetry::routing {

Made shortest(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_lowest_id(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_balanced(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made up_down(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made turn_prohibition(const topology::Graph& graph, std::uint32_t vcs, std::string& why);
Made shortest_layered(const topology::Graph& graph, std::uint32_t vcs, std::string& why);

}  // namespace marquetry::routing
