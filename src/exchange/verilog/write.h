// A package as structural Verilog: an empty module for each kind of chiplet, and a top that joins their
// ports.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// The file; nothing after complaints. What Verilog cannot say are warnings.
std::vector<std::filesystem::path> write_verilog(const assembly::Assembly& package,
                                                 const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
