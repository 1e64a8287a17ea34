// The design folder of ECO-CHIP (ASU-VDA-Lab/ECO-CHIP, commit fe998d9): architecture.json, designC.json,
// operationalC.json, packageC.json.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "footprint/footprint.h"

namespace marquetry::exchange {

// `files`: the folder, or the four files. Nothing after complaints.
std::optional<footprint::Footprint> read_ecochip(std::span<const std::filesystem::path> files,
                                                 Diagnostics& diagnostics);

// The same as the TOML text of a design.
std::optional<std::string> import_ecochip(std::span<const std::filesystem::path> files,
                                          Diagnostics& diagnostics);

}  // namespace marquetry::exchange
