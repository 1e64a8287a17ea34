// Reads a TOML file into a tree of nodes.
#pragma once

#include <filesystem>
#include <optional>

#include "config/node.h"

namespace marquetry {

// Nothing where the file cannot be read or is no TOML; the complaint is then in the diagnostics.
std::optional<Node> parse_file(const std::filesystem::path& path, Diagnostics& diagnostics);

// The same for text that is already there; `name` stands for the file in complaints.
std::optional<Node> parse_text(const std::string& text, const std::string& name, Diagnostics& diagnostics);

// Complains where the file is not of the format that this program reads.
inline constexpr int known_format = 1;
void check_format(const Node& root, Diagnostics& diagnostics);

}  // namespace marquetry
