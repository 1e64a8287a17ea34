// CATCH's seven XML files: five libraries, a netlist and a system of nested chips.
#pragma once

#include <span>

#include "exchange/formats.h"

namespace marquetry::exchange {

// In any order: each is known by its root element.
std::optional<std::string> read_catch(std::span<const std::filesystem::path> files, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
