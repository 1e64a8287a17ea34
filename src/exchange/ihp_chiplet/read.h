// IHP's .chiplet, version 1.0 (IHP-GmbH/chiplet-spec): a YAML of dies on an interposer and their nets.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// One file. Pins of dies have no places in it, since these are in layouts that it names: nets have the pads
// of the interposer only.
std::optional<assembly::Assembly> read_ihp_chiplet(std::span<const std::filesystem::path> files,
                                                   Diagnostics& diagnostics);

std::optional<assembly::Assembly> parse_ihp_chiplet(const std::string& text, const std::string& file,
                                                    Diagnostics& diagnostics);

}  // namespace marquetry::exchange
