// A package as IHP's .chiplet, version 1.0: components by their centres, pads of the interposer, the netlist.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// The file; nothing after complaints, as of mirrored dies.
std::vector<std::filesystem::path> write_ihp_chiplet(const assembly::Assembly& package,
                                                     const std::filesystem::path& file,
                                                     Diagnostics& diagnostics);

}  // namespace marquetry::exchange
