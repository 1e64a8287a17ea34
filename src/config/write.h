// A tree of nodes as TOML again.
#pragma once

#include <string>

#include "config/node.h"

namespace marquetry {

// Reads back as the same tree. Comments of the file that it came from are not part of it.
std::string toml_text(const Node& root);

// A key or a text in quotes, as TOML writes it.
std::string toml_quoted(std::string_view text);

}  // namespace marquetry
