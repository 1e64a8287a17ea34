// YAML into the tree of nodes that all readers of ours use. What parsed it (yaml-cpp) stays in yaml.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/node.h"

namespace marquetry::exchange {

// Scalars are texts, whatever they look like; null ("~", nothing) is a text "~". Nothing after complaints: no
// YAML, a key that occurs twice, or more than a description needs in size, depth and aliases.
std::optional<Node> parse_yaml(const std::string& text, const std::string& file, Diagnostics& diagnostics);

// A text as YAML takes it for that text: in quotes unless it is a plain word.
std::string yaml_text(std::string_view text);

}  // namespace marquetry::exchange
