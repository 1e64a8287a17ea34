// BookSim2's files of arbitrary graphs: a line for each router or node, "router 0 node 0 router 1 15", with
// the cycles of a channel behind it (booksim/booksim2, src/networks/anynet.cpp).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "topology/graph.h"

namespace marquetry::exchange {

// Nothing after complaints.
std::optional<topology::Graph> read_anynet(const std::filesystem::path& file, Diagnostics& diagnostics);

// A line for each router, so that none is undefined, which makes BookSim2 hang. What the format cannot say
// (widths, parallel links) is a warning under the name `where`.
std::string anynet_text(const topology::Graph& graph, const SourceSpot& where, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
