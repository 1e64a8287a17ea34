// Formats that can be imported: one row each. A format is a folder here that reads files of others and writes
// our TOML.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace marquetry::exchange {

struct ImportFormat {
  std::string_view name{};
  std::string_view summary{};  // which files it takes
  // The text of a design; nothing after complaints. What a user should know of it are warnings.
  std::optional<std::string> (*read)(std::span<const std::filesystem::path> files,
                                     Diagnostics& diagnostics){};
};

std::span<const ImportFormat> import_formats();
const ImportFormat* find_import_format(std::string_view name);

}  // namespace marquetry::exchange
