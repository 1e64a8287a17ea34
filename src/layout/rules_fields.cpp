#include "layout/rules_fields.h"

#include <cmath>

#include "units/units.h"

namespace marquetry::layout {

std::optional<Nanometre> read_length(const Node& value, std::string_view key, Diagnostics& diagnostics) {
  const auto metres = read_quantity(value, key, dimension::length, diagnostics);
  if (!metres) return std::nullopt;
  if (*metres > 10) {
    diagnostics.error(value.where,
                      "'" + std::string{key} + "' is " + quoted(value) + ", beyond any package (10 m)");
    return std::nullopt;
  }
  return static_cast<Nanometre>(std::llround(*metres / nanometre));
}

std::optional<Size> read_size(const Node& table, std::string_view key, Diagnostics& diagnostics) {
  if (!table.is_table()) {
    diagnostics.error(table.where,
                      "'" + std::string{key} + "' must be { width = \"...\", height = \"...\" }");
    return std::nullopt;
  }
  Reader reader{table, "'" + std::string{key} + "'", diagnostics};
  Size size;
  const auto* width = reader.find_required("width", "of it", "\"40 mm\"");
  const auto* height = reader.find_required("height", "of it", "\"30 mm\"");
  reader.reject_unknown_keys();
  if (width == nullptr || height == nullptr) return std::nullopt;
  const auto w = read_length(*width, "width", diagnostics), h = read_length(*height, "height", diagnostics);
  if (!w || !h) return std::nullopt;
  size = {*w, *h};
  if (size.width > 0 && size.height > 0) return size;
  diagnostics.error(name_spot(table), "'" + std::string{key} + "' has no width or no height");
  return std::nullopt;
}

void length_if(Reader& reader, std::string_view key, Nanometre& field) {
  const auto* value = reader.find(key);
  if (value == nullptr) return;
  if (const auto length = read_length(*value, key, reader.diagnostics())) field = *length;
}

void size_if(Reader& reader, std::string_view key, std::optional<Size>& field) {
  const auto* value = reader.find(key);
  if (value == nullptr) return;
  if (const auto size = read_size(*value, key, reader.diagnostics())) field = *size;
}

void number_if(Reader& reader, std::string_view key, const Dimension& dimension, double unit, double& field) {
  const auto* value = reader.find(key);
  if (value == nullptr) return;
  if (const auto number = read_quantity(*value, key, dimension, reader.diagnostics())) field = *number / unit;
}

void lengths_if(Reader& reader, std::string_view key, std::vector<Nanometre>& field) {
  const auto* value = reader.find(key);
  if (value == nullptr) return;
  if (value->kind != NodeKind::list) {
    reader.diagnostics().error(value->where, "'" + std::string{key} + "' must list lengths");
    return;
  }
  for (const auto& item : value->items) {
    if (const auto length = read_length(item, key, reader.diagnostics())) field.push_back(*length);
  }
}

std::vector<const Node*> tables(Reader& reader, std::string_view key) {
  const auto* value = reader.find(key);
  std::vector<const Node*> found;
  if (value == nullptr) return found;
  if (value->kind != NodeKind::list) {
    reader.diagnostics().error(
        value->where,
        "'" + std::string{key} + "' must be a list of tables, written [[" + std::string{key} + "]]");
    return found;
  }
  for (const auto& item : value->items) {
    if (item.is_table()) {
      found.push_back(&item);
    } else {
      reader.diagnostics().error(item.where, "an entry of '" + std::string{key} +
                                                 "' must be a table, but it is " +
                                                 std::string{describe(item.kind)});
    }
  }
  return found;
}

std::vector<std::size_t> resolved(Rules& rules, const Node& name) {
  if (name.kind != NodeKind::text) {
    rules.complaints().error(name.where,
                             "a die must be named by a text, but it is " + std::string{describe(name.kind)});
    return {};
  }
  auto found = rules.dies(name.text);
  if (found.empty()) {
    std::vector<std::string_view> known;
    for (const auto& die : rules.problem.dies) known.push_back(die.name);
    rules.complaints().error(name.where, "no die '" + name.text + "' is placed", suggest(name.text, known));
  }
  return found;
}

std::optional<std::size_t> resolved_one(Rules& rules, Reader& reader, std::string_view key) {
  const auto* name = reader.find_required(key, "the name of a die");
  if (name == nullptr) return std::nullopt;
  const auto found = resolved(rules, *name);
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return found.front();
  rules.complaints().error(name->where,
                           "there are " + std::to_string(found.size()) + " dies '" + name->text + "'",
                           "name one of them: \"" + rules.problem.dies[found.front()].name + "\"");
  return std::nullopt;
}

std::vector<std::size_t> resolved_all(Rules& rules, Reader& reader, std::string_view key) {
  const auto* list = reader.find_required(key, "the names of dies");
  if (list == nullptr) return {};
  if (list->kind != NodeKind::list) {
    rules.complaints().error(list->where, "'" + std::string{key} + "' must list the names of dies");
    return {};
  }
  std::vector<std::size_t> all;
  for (const auto& item : list->items) {
    const auto found = resolved(rules, item);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

std::optional<Rect> read_rect(Reader& reader) {
  std::array<Nanometre, 4> sides{};
  constexpr std::array<std::string_view, 4> keys{"x", "y", "width", "height"};
  bool whole = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto* value =
        reader.find_required(keys[i], i < 2 ? "of the lower-left corner" : "of the rectangle", "\"2 mm\"");
    const auto length = value == nullptr ? std::nullopt : read_length(*value, keys[i], reader.diagnostics());
    whole = whole && length.has_value();
    sides[i] = length.value_or(0);
  }
  if (!whole) return std::nullopt;
  if (sides[2] == 0 || sides[3] == 0) {
    reader.diagnostics().error(name_spot(reader.table()), reader.what() + " has no width or no height");
    return std::nullopt;
  }
  return Rect{{sides[0], sides[1]}, {sides[0] + sides[2], sides[1] + sides[3]}};
}

}  // namespace marquetry::layout
