// GSRC bookshelf floorplans: .blocks with .nets and .pl. vlsicad.eecs.umich.edu, BK/BlockPacking.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "base/diagnostic.h"

namespace marquetry::exchange {

// A placement document, with the box round the terminals as its outline. Positions of blocks in the .pl are
// leftovers of others, and are not taken over.
std::optional<std::string> read_bookshelf(std::span<const std::filesystem::path> files,
                                          Diagnostics& diagnostics);

}  // namespace marquetry::exchange
