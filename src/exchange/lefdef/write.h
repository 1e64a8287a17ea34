// A package as LEF and DEF 5.8: the carrier's outline is the design's area, dies are macros with a pin at
// each bump, bumps of the carrier are components.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// FILE.def and, beside it, FILE.lef with technology and macros; nothing after complaints. What the formats
// have no place for are warnings.
std::vector<std::filesystem::path> write_lefdef(const assembly::Assembly& package,
                                                const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
