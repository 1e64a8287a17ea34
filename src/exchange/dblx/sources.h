// The files of a 3Dblox description: the preprocessor, and what they include.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/node.h"

namespace marquetry::exchange::dblx {

// One file, its lines preprocessed.
struct Source {
  std::filesystem::path file{};
  Node root{};
};

struct Sources {
  std::vector<Source> files{};  // each after those that it includes; the one to read last
  // What the user named, by canonical path: these may lie anywhere.
  std::vector<std::filesystem::path> named{};
};

// "#!define KEY VALUE" replaces KEY in all later lines. Nothing after complaints.
std::optional<std::string> preprocessed(std::string text, const std::string& file, Diagnostics& diagnostics);

// Files of a list, where `*` stands for any signs of a name: relative to the folder of `file`, and not
// outside of it unless the user named them. Sorted; complains where there is none.
std::vector<std::filesystem::path> matches(const Sources& sources, const std::filesystem::path& file,
                                           const Node& pattern, Diagnostics& diagnostics);

// All files that belong together, read once each. Nothing after complaints.
std::optional<Sources> read_sources(std::span<const std::filesystem::path> files, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::dblx
