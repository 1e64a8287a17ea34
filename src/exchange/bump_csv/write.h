// A row for each bump of each instance: where it lies in the package, and on which net.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

std::vector<std::filesystem::path> write_bump_csv(const assembly::Assembly& package,
                                                  const std::filesystem::path& file,
                                                  Diagnostics& diagnostics);

}  // namespace marquetry::exchange
