// 3Dblox: packages as OpenROAD reads them (odb/src/3dblox), a YAML of chiplets (.3dbv), one of where they
// stand (.3dbx), and bump maps (.bmap).
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// A .3dbx with what it includes, or descriptions of chiplets alone. What is not read are warnings: a file of
// others that is not there, sections that OpenROAD ignores as well. Nothing after complaints.
std::optional<assembly::Assembly> read_3dblox(std::span<const std::filesystem::path> files,
                                              Diagnostics& diagnostics);

}  // namespace marquetry::exchange
