#include "exchange/tap25d/ini.h"

#include <algorithm>
#include <cctype>

#include "base/file.h"
#include "base/text.h"

namespace marquetry::exchange {
namespace {

int column_of(std::string_view line, std::string_view part) {
  return static_cast<int>(part.data() - line.data()) + 1;
}

}  // namespace

const IniValue* Ini::find(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? nullptr : &found->second;
}

std::optional<Ini> read_ini(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const auto text = read_file(path, diagnostics);
  if (!text) return std::nullopt;
  Ini ini{.file = path.generic_string()};
  std::string section;
  IniValue* open = nullptr;  // the value that an indented line goes on with
  int number = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    const auto content = trimmed(line);
    if (open != nullptr) open->text += '\n';  // so that places can be counted
    if (content.empty() || content.front() == '#' || content.front() == ';') continue;
    const SourceSpot where{ini.file, number, column_of(line, content)};
    if (open != nullptr && where.column > 1) {
      open->text += line;
      continue;
    }
    open = nullptr;
    if (content.front() == '[') {
      if (content.back() != ']') diagnostics.error(where, "a section is written [name]");
      section = lower_case(trimmed(content.substr(1, content.size() - (content.back() == ']' ? 2 : 1))));
      continue;
    }
    const auto equals = content.find_first_of("=:");
    if (equals == std::string_view::npos || section.empty()) {
      diagnostics.error(where, section.empty()
                                   ? "a key stands before the first [section]"
                                   : "a line is 'key = value', or goes on with the value above, indented");
      return std::nullopt;
    }
    const auto value = line.substr(static_cast<std::size_t>(content.data() - line.data()) + equals + 1);
    const auto [at, is_new] =
        ini.values.emplace(section + "." + lower_case(trimmed(content.substr(0, equals))),
                           IniValue{std::string{value}, {ini.file, number, column_of(line, value)}});
    if (!is_new) diagnostics.error(where, "this key stands twice in [" + section + "]");
    open = &at->second;
  }
  if (!diagnostics.ok()) return std::nullopt;
  return ini;
}

std::vector<std::vector<Cell>> cells(const IniValue& value, char row) {
  std::vector<std::vector<Cell>> rows(1);
  SourceSpot at = value.where;
  Cell cell;
  const auto finish = [&] {
    if (cell.text.empty()) cell.where = at;
    rows.back().push_back(std::move(cell));
    cell = {};
  };
  for (const char c : value.text) {
    if (c == ',' || c == row) {
      finish();
      if (c == row) rows.emplace_back();
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      if (cell.text.empty()) cell.where = at;
      cell.text += c;
    }
    ++at.column;
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    }
  }
  finish();
  return rows;
}

}  // namespace marquetry::exchange
