#include "config/parse.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "base/file.h"
#include "base/text.h"

namespace marquetry {
namespace {

SourceSpot spot(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

// Levels of tables and lists, parts of a key, values in all: more than anyone writes, less than what exhausts
// the stack or the memory.
constexpr int deepest = 100, most_parts = 30;
constexpr std::size_t most_values = 2'000'000;

// Where a key of more than `most_parts` begins to be one, which TOML++ would nest without a limit. What is
// quoted is passed over as TOML has it.
std::optional<SourceSpot> endless_key(std::string_view text, const std::string& file) {
  SourceSpot at{file, 1, 0};
  int parts = 0;
  std::string_view quote;  // that is open
  for (std::size_t i = 0; i < text.size(); ++i) {
    ++at.column;
    const char c = text[i];
    if (c == '\n') ++at.line, at.column = 0;
    if (!quote.empty()) {
      if (c == '\\' && quote.front() == '"' && i + 1 < text.size() && text[i + 1] != '\n') {
        ++i, ++at.column;
      } else if (text.substr(i).starts_with(quote)) {
        i += quote.size() - 1, at.column += static_cast<int>(quote.size()) - 1;
        quote = {};
      } else if (c == '\n' && quote.size() == 1) {
        quote = {};
      }
    } else if (c == '"' || c == '\'') {
      const bool is_long = text.substr(i).starts_with(c == '"' ? "\"\"\"" : "'''");
      quote = text.substr(i, is_long ? 3 : 1);
      i += quote.size() - 1, at.column += static_cast<int>(quote.size()) - 1;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (c == '.') {
      if (++parts >= most_parts) return at;
    } else if (std::string_view{"=,[]{}\n"}.find(c) != std::string_view::npos) {
      parts = 0;
    }
  }
  return std::nullopt;
}

// Counts what it converts. Beyond the limits there is nothing more.
struct Extent {
  std::size_t values{};
  bool too_deep{}, too_many{};
};

Node converted(const toml::node& source, const std::string& file, Extent& extent, int depth);

// TOML++ sorts by name; a reader expects the order of the file.
Node converted_table(const toml::table& table, const std::string& file, Extent& extent, int depth) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  entries.reserve(table.size());
  for (const auto& [key, value] : table) entries.emplace_back(&key, &value);
  std::ranges::sort(entries, {}, [](const auto& entry) {
    const auto& begin = entry.first->source().begin;
    return std::tuple{begin.line, begin.column};
  });
  Node node{.kind = NodeKind::table, .items = {}};
  node.items.reserve(entries.size());
  for (const auto& [key, value] : entries) {
    auto& item = node.items.emplace_back(converted(*value, file, extent, depth + 1));
    item.key = key->str();
    item.key_where = spot(key->source(), file);
  }
  return node;
}

Node converted_list(const toml::array& list, const std::string& file, Extent& extent, int depth) {
  Node node{.kind = NodeKind::list, .items = {}};
  node.items.reserve(list.size());
  for (const auto& value : list) node.items.push_back(converted(value, file, extent, depth + 1));
  return node;
}

Node converted(const toml::node& source, const std::string& file, Extent& extent, int depth) {
  Node node{.kind = NodeKind::other, .items = {}};
  extent.too_deep = extent.too_deep || depth > deepest;
  extent.too_many = extent.too_many || ++extent.values > most_values;
  if (extent.too_deep || extent.too_many) return node;
  if (const auto* table = source.as_table()) {
    node = converted_table(*table, file, extent, depth);
  } else if (const auto* list = source.as_array()) {
    node = converted_list(*list, file, extent, depth);
  } else if (const auto* text = source.as_string()) {
    node.kind = NodeKind::text;
    node.text = text->get();
  } else if (const auto* flag = source.as_boolean()) {
    node.kind = NodeKind::flag;
    node.flag = flag->get();
  } else if (source.is_number()) {
    node.kind = NodeKind::number;
    // The reader's own conversion refuses whole numbers that no double holds exactly.
    const auto* whole = source.as_integer();
    node.number = whole != nullptr ? static_cast<double>(whole->get()) : source.as_floating_point()->get();
    node.text = exact(node.number);
  }
  node.where = spot(source.source(), file);
  return node;
}

}  // namespace

std::optional<Node> parse_file(const std::filesystem::path& path, Diagnostics& diagnostics) {
  const auto text = read_file(path, diagnostics);
  return text ? parse_text(*text, path.generic_string(), diagnostics) : std::nullopt;
}

std::optional<Node> parse_text(const std::string& text, const std::string& name, Diagnostics& diagnostics) {
  diagnostics.keep_text(name, text);
  if (const auto spot = endless_key(text, name)) {
    diagnostics.error(*spot, "a key of more than " + std::to_string(most_parts) + " parts");
    return std::nullopt;
  }
  try {
    const toml::table table = toml::parse(std::string_view{text}, std::string_view{name});
    Extent extent;
    auto root = converted(table, name, extent, 0);
    if (!extent.too_deep && !extent.too_many) return root;
    diagnostics.error({.file = name}, extent.too_deep
                                          ? "is nested more than " + std::to_string(deepest) + " deep"
                                          : "holds more than " + std::to_string(most_values) + " values");
    return std::nullopt;
  } catch (const toml::parse_error& error) {
    diagnostics.error(spot(error.source(), name), "is no TOML here: " + std::string{error.description()},
                      text.starts_with('{')
                          ? "a file in JSON goes behind its option, for example --case FILE.json"
                          : "texts stand in quotes, tables in [brackets]; see toml.io");
    return std::nullopt;
  }
}

void check_format(const Node& root, Diagnostics& diagnostics) {
  const auto* format = find(root, "format");
  const auto known = std::to_string(known_format);
  if (format == nullptr) {
    diagnostics.error({.file = root.where.file}, "missing key 'format'",
                      "begin the file with the line: format = " + known);
  } else if (format->kind != NodeKind::number || exact(format->number) != known) {
    diagnostics.error(format->where,
                      "format is " + quoted(*format) + ", but this program reads format " + known);
  }
}

}  // namespace marquetry
