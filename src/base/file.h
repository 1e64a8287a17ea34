// Whole files in and out. Every trouble is a complaint that names the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace marquetry {

inline constexpr std::size_t largest_file = 16'000'000;  // bytes

// The text of a file, which the diagnostics keep too. Nothing if it is missing, a folder, not readable, too
// large, binary, or not UTF-8.
std::optional<std::string> read_file(const std::filesystem::path& path, Diagnostics& diagnostics);

// The folder and all above it. False after a complaint.
bool make_folder(const std::filesystem::path& path, Diagnostics& diagnostics);

// All or nothing: written beside its place and then renamed. A link stays a link; a device or pipe is written
// to, not replaced.
bool write_file(const std::filesystem::path& path, std::string_view text, Diagnostics& diagnostics);

}  // namespace marquetry
