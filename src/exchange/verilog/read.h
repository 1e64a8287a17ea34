// The nets of a package from structural Verilog: which ports of its instances are one wire.
#pragma once

#include <filesystem>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// Adds the nets of the module `package.name` to a package that has its instances and bumps: a net has all
// bumps of the ports that it joins. Ports of chiplets get their directions. What is not structural, or of
// nobody here, is a warning, and then nothing or less is added: the geometry does not depend on it.
void read_verilog_nets(const std::filesystem::path& file, assembly::Assembly& package,
                       Diagnostics& diagnostics);

}  // namespace marquetry::exchange
