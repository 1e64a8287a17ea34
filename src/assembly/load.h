// A package as TOML, and back. Bumps and nets stand in rows: beside the file where there are many.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "assembly/assembly.h"
#include "config/node.h"

namespace marquetry::assembly {

// Nothing after complaints. The file is marked by its table [assembly]; docs/assembly-format.md lists the
// keys. Whether the rules hold is not asked.
std::optional<Assembly> read(const Node& root, Diagnostics& diagnostics);

struct TextFile {
  std::string name{};  // beside the TOML
  std::string text{};
};
struct Document {
  std::string toml{};
  std::vector<TextFile> files{};
};

// The text of which read() makes the same assembly, with files that begin with `stem` where there are more
// than a few rows. Nothing after complaints: names with blanks cannot stand in rows.
std::optional<Document> to_document(const Assembly& assembly, const std::string& stem,
                                    Diagnostics& diagnostics);

// Writes it with its files beside. The files that were written; none after complaints.
std::vector<std::filesystem::path> write(const Assembly& assembly, const std::filesystem::path& file,
                                         Diagnostics& diagnostics);

}  // namespace marquetry::assembly
