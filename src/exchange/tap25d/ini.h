// Python's configparser files: [section], key = value, indented lines go on with the value.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange {

struct IniValue {
  std::string text{};  // lines joined by a newline, in their columns
  SourceSpot where{};  // of its first character
};

struct Ini {
  std::string file{};
  std::map<std::string, IniValue> values{};  // by "section.key", in lower case
  const IniValue* find(const std::string& key) const;
};

// Nothing after complaints.
std::optional<Ini> read_ini(const std::filesystem::path& path, Diagnostics& diagnostics);

// One cell of a value, between separators.
struct Cell {
  std::string text{};
  SourceSpot where{};
};
// Rows between `row` characters, cells between commas; blanks do not count.
std::vector<std::vector<Cell>> cells(const IniValue& value, char row);

}  // namespace marquetry::exchange
