// Files that a file of others names: they are not the user's choice, so that they may not lie anywhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"

namespace marquetry {

// `name` as a file below the folder. Nothing, after a complaint at `where`, where it leads out of that
// folder.
std::optional<std::filesystem::path> file_below(const std::filesystem::path& folder, std::string_view name,
                                                const SourceSpot& where, Diagnostics& diagnostics);

}  // namespace marquetry
