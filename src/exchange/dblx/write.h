// A package as 3Dblox: the .3dbx, and beside it the .3dbv of its chiplets, a .bmap for each region with bumps
// and the Verilog of its nets. OpenROAD's writer (odb/src/3dblox) sets the form.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// The files that were written; none after complaints. What 3Dblox cannot say are warnings.
std::vector<std::filesystem::path> write_3dblox(const assembly::Assembly& package,
                                                const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
