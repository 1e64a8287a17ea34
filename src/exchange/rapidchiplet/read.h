// RapidChiplet (spcl/rapidchiplet): a design.json that names files of technologies, chiplets, placement,
// topology, packaging, and perhaps of traffic and routing; and the same in one neutral JSON file.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "config/node.h"
#include "proxy/design.h"

namespace marquetry::exchange {

// Nothing after complaints. Files are looked for beside the design and in the folders above it.
std::optional<proxy::Design> read_rapidchiplet(const std::filesystem::path& design, Diagnostics& diagnostics);

// All in one object: the keys 'chiplet_types', 'placement', 'links', 'packaging', 'technologies'.
bool is_rapidchiplet_case(const Node& root);
std::optional<proxy::Design> read_rapidchiplet_case(const Node& root, Diagnostics& diagnostics);

// A placement document (docs/placement-format.md) in which every chiplet is fixed where it stands.
std::optional<std::string> import_rapidchiplet(std::span<const std::filesystem::path> files,
                                               Diagnostics& diagnostics);

}  // namespace marquetry::exchange
