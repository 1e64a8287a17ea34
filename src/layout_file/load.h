// A placement document: what has to be placed, with every rule, as TOML. docs/placement-format.md lists the
// keys.
#pragma once

#include <optional>

#include "config/node.h"
#include "layout/problem.h"

namespace marquetry::layout_file {

// Nothing after complaints. The file is marked by its table [placement].
std::optional<layout::Problem> load(const Node& root, Diagnostics& diagnostics);

// The TOML text of which load() makes the same problem; `origin` is its first line, a comment.
std::string to_toml(const layout::Problem& problem, const std::string& origin);

// The part of it that [placement] holds besides unit and ambient.
std::string rules_text(const layout::Problem& problem);

inline constexpr std::size_t most_dies = 20'000, most_rows = 1'000'000;
inline constexpr double longest = 1e10;  // nm: 10 m, beyond any package

}  // namespace marquetry::layout_file
