// MCNC's YAL: modules with pins, and one parent that wires instances of them. Preas and Roberts, "Yet Another
// Language", as the MCNC building-block benchmarks use it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "base/diagnostic.h"

namespace marquetry::exchange {

// A placement document: every instance a die with its pins, every pad of the parent a terminal.
std::optional<std::string> read_yal(std::span<const std::filesystem::path> files, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
