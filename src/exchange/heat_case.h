// Stacks to be heated, in neutral JSON of schema "thermal-golden/1": those of published comparisons with
// HotSpot 7 and 3D-ICE, and slabs with closed forms. docs/heat.md says what stands in them.
#pragma once

#include <filesystem>
#include <optional>

#include "config/node.h"
#include "thermal/case.h"

namespace marquetry::exchange {

// Nothing after complaints. What makes no sense as a stack, thermal::check says.
std::optional<thermal::HeatCase> read_heat_case(const Node& root, Diagnostics& diagnostics);
std::optional<thermal::HeatCase> load_heat_case(const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
