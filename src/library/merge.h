// Library folders laid over each other, before any row is read: a later folder's keys win.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/node.h"
#include "config/sourced_reader.h"

namespace marquetry {

struct MergedRow {
  Node table;                              // key: its id
  std::vector<SourceDefaults> defaults{};  // of each table that is in it, by Node::layer
  std::string overlay{};                   // the last folder, but the first of all, that wrote to it
  std::size_t folder{};                    // that folder's index
};

struct MergedCategory {
  std::string name{};
  std::vector<MergedRow> rows{};
};

struct MergedLibrary {
  std::vector<MergedCategory> categories{};
  std::vector<std::string> overlays{};
  std::string hash{};
};

// Reads every .toml below the folders, in order of path. `categories` are the top-level tables that may
// occur.
MergedLibrary merge_folders(const std::vector<std::filesystem::path>& folders,
                            const std::vector<std::string_view>& categories, Diagnostics& diagnostics);

// The hash that they will have merged, without a look at what stands in the files.
std::string library_hash(const std::vector<std::filesystem::path>& folders, Diagnostics& diagnostics);

}  // namespace marquetry
