// Bump maps as a table with commas: a row a bump of an instance, where it lies in the package, and its net.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

// One table. The outline of a die, which the table has not, becomes the box round its bumps; dies of one kind
// have to have the same bumps, however they are turned.
std::optional<assembly::Assembly> read_bump_csv(std::span<const std::filesystem::path> files,
                                                Diagnostics& diagnostics);

// The same of a text; `stem` names what the table does not.
std::optional<assembly::Assembly> parse_bump_csv(std::string_view text, const std::string& file,
                                                 const std::string& stem, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
