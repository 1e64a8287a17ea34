// Synthesis problems in neutral JSON: docs/synthesis.md lists the keys.
#pragma once

#include <filesystem>
#include <optional>

#include "config/node.h"
#include "synthesis/problem.h"

namespace marquetry::synthesis {

// Nothing after complaints.
std::optional<Problem> read_problem(const Node& root, Diagnostics& diagnostics);
std::optional<Problem> load_problem(const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::synthesis
