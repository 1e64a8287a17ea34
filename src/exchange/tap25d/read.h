// TAP-2.5D's .cfg: chiplets with a matrix of wires on a square passive interposer. Ma et al., DATE 2021;
// bu-icsg/TAP-2.5D, config.py.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "base/diagnostic.h"

namespace marquetry::exchange {

// A placement document. Chiplets have no names there, so that they are numbered.
std::optional<std::string> read_tap25d(std::span<const std::filesystem::path> files,
                                       Diagnostics& diagnostics);

}  // namespace marquetry::exchange
