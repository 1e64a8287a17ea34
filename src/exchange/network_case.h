// Networks in neutral JSON: the graph, its routers, the traffic and how long to simulate. The keys are those
// of published comparisons with BookSim2, with some of our own: docs/network-format.md.
#pragma once

#include <filesystem>
#include <optional>

#include "config/node.h"
#include "simulate/case.h"

namespace marquetry::exchange {

// Nothing after complaints. Files that the case names lie beside it, in `folder`.
std::optional<simulate::NetworkCase> read_network_case(const Node& root, const std::filesystem::path& folder,
                                                       Diagnostics& diagnostics);
std::optional<simulate::NetworkCase> load_network_case(const std::filesystem::path& file,
                                                       Diagnostics& diagnostics);

}  // namespace marquetry::exchange
