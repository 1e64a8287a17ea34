// Files of a tool chain, which are larger than what people write.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/diagnostic.h"

namespace marquetry {

// As read_file, up to that many bytes, and the diagnostics keep no copy of it.
std::optional<std::string> read_large_file(const std::filesystem::path& path, std::size_t most_bytes,
                                           Diagnostics& diagnostics);

}  // namespace marquetry
