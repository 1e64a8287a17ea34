// A stack to heat as the files of HotSpot 7: FILE.config and, beside it, .lcf, .materials, .ptrace and a
// floorplan for each layer.
#pragma once

#include <filesystem>
#include <vector>

#include "thermal/case.h"

namespace marquetry::exchange {

// The files that were written; none after complaints. What HotSpot cannot say are warnings. Our own reader
// makes the same temperatures of them by the model `physical`.
std::vector<std::filesystem::path> write_hotspot(const thermal::HeatCase& heat,
                                                 const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
