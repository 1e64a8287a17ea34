// AIF 2, which describes a die to those who package it (artwork.com/package/aif): its outline, pads and nets.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// FILE for a package with one kind of die, FILE-CHIPLET for each of several; nothing after complaints.
std::vector<std::filesystem::path> write_aif(const assembly::Assembly& package,
                                             const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
