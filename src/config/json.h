// Reads JSON into the same tree of nodes as TOML, for the formats of others. RFC 8259.
#pragma once

#include <filesystem>
#include <optional>

#include "config/node.h"

namespace marquetry {

// Nothing where the file cannot be read or is no JSON; the complaint, with the place, is then in the
// diagnostics.
// Entries of the outermost object whose keys begin with `left_out` are passed over, and stand there as
// NodeKind::other: what is large and of no use to the reader. Only their brackets and quotes are looked at.
std::optional<Node> parse_json_file(const std::filesystem::path& path, Diagnostics& diagnostics,
                                    std::string_view left_out = {});

// The same for text that is already there; `name` stands for the file in complaints. Objects keep the order
// of the text; a key that stands twice is an error; null is NodeKind::other.
std::optional<Node> parse_json(std::string_view text, const std::string& name, Diagnostics& diagnostics,
                               std::string_view left_out = {});

}  // namespace marquetry
