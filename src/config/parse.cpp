#include "config/parse.h"

#include <algorithm>
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

Node converted(const toml::node& source, const std::string& file);

// TOML++ sorts by name; a reader expects the order of the file.
Node converted_table(const toml::table& table, const std::string& file) {
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
    auto& item = node.items.emplace_back(converted(*value, file));
    item.key = key->str();
    item.key_where = spot(key->source(), file);
  }
  return node;
}

Node converted_list(const toml::array& list, const std::string& file) {
  Node node{.kind = NodeKind::list, .items = {}};
  node.items.reserve(list.size());
  for (const auto& value : list) node.items.push_back(converted(value, file));
  return node;
}

Node converted(const toml::node& source, const std::string& file) {
  Node node{.kind = NodeKind::other, .items = {}};
  if (const auto* table = source.as_table()) {
    node = converted_table(*table, file);
  } else if (const auto* list = source.as_array()) {
    node = converted_list(*list, file);
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
  try {
    const toml::table table = toml::parse(std::string_view{text}, std::string_view{name});
    return converted(table, name);
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
