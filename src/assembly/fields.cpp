#include "assembly/fields.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/large_file.h"
#include "base/named_file.h"
#include "base/text.h"

namespace marquetry::assembly {

std::optional<Units> Fields::units(const Node& value, std::string_view key) {
  std::optional<Read> read;
  if (value.kind == NodeKind::text) {
    const auto text = trimmed(value.text);
    const auto blank = text.find(' ');
    const auto unit = blank == std::string_view::npos ? std::string_view{} : trimmed(text.substr(blank));
    if (unit == "um") read = units_of(text.substr(0, blank), precision_);
    if (unit == "mm") {
      const auto in_mm = units_of(text.substr(0, blank), 1'000'000);  // nanometres
      if (in_mm) read = units_of(static_cast<double>(in_mm->units) / 1000, precision_);
      if (read && !in_mm->is_whole) read->is_whole = false;
    }
  }
  if (!read) {
    diagnostics().error(value.where,
                        fmt::format("'{}' must be a length in um or mm, but it is {}", key, quoted(value)),
                        "write it as \"300 um\"");
    return std::nullopt;
  }
  if (!read->is_whole)
    diagnostics().warning(value.where,
                          fmt::format("{} is no whole number of database units of 1/{} um: it becomes {} um",
                                      quoted(value), precision_, micrometres(read->units, precision_)),
                          "raise 'precision'");
  return read->units;
}

std::optional<std::vector<Units>> Fields::lengths(const Node& value, std::string_view key,
                                                  std::size_t count) {
  if (value.kind != NodeKind::list || value.items.size() != count) {
    diagnostics().error(value.where, fmt::format("'{}' must be a list of {} lengths", key, count),
                        count == 2 ? "write it as [\"100 um\", \"200 um\"]" : "");
    return std::nullopt;
  }
  std::vector<Units> out;
  for (const auto& item : value.items) {
    const auto length = units(item, key);
    if (!length) return std::nullopt;
    out.push_back(*length);
  }
  return out;
}

void Fields::length(std::string_view key, Units& field) {
  if (const auto* value = find(key))
    if (const auto length = units(*value, key)) field = *length;
}

void Fields::length_required(std::string_view key, Units& field) {
  if (find_required(key, {}, "\"300 um\"") != nullptr) length(key, field);
}

void Fields::point(std::string_view key, Point& field) {
  const auto* value = find(key);
  if (value == nullptr) return;
  if (const auto xy = lengths(*value, key, 2)) field = {(*xy)[0], (*xy)[1]};
}

void Fields::size_required(std::string_view key, Size& field) {
  const auto* value = find_required(key, {}, "[\"955 um\", \"1082 um\"]");
  if (value == nullptr) return;
  if (const auto sides = lengths(*value, key, 2)) field = {(*sides)[0], (*sides)[1]};
  if (field.width < 0 || field.height < 0)
    diagnostics().error(value->where, fmt::format("'{}' must not be negative", key));
}

void Fields::margins(std::string_view key, Margins& field) {
  const auto* value = find(key);
  if (value == nullptr) return;
  if (const auto all = lengths(*value, key, 4)) std::copy(all->begin(), all->end(), field.begin());
}

void Fields::corners(std::string_view key, std::array<Point, 4>& field) {
  const auto* value = find_required(key, "of the region, in order round it");
  if (value == nullptr) return;
  if (value->kind != NodeKind::list || value->items.size() != field.size()) {
    diagnostics().error(value->where, fmt::format("'{}' must be a list of exactly four points", key),
                        "a region has four corners; cut other shapes into such regions");
    return;
  }
  for (std::size_t c = 0; c < field.size(); ++c)
    if (const auto xy = lengths(value->items[c], key, 2)) field[c] = {(*xy)[0], (*xy)[1]};
}

void Fields::files(std::string_view key, ExternalFiles& field) {
  for (const auto& entry : entries(key)) field[entry.key] = read_texts(entry, entry.key, diagnostics());
}

std::optional<Rows> rows_of(const Node& value, std::string_view key, std::string& text,
                            Diagnostics& diagnostics) {
  if (value.kind == NodeKind::text) {
    const auto folder = std::filesystem::path{value.where.file}.parent_path();
    const auto path = file_below(folder, value.text, value.where, diagnostics);
    if (!path) return std::nullopt;
    auto read = read_large_file(*path, largest_rows, diagnostics);
    if (!read) return std::nullopt;
    text = std::move(*read);
    return rows_of(text, path->generic_string());
  }
  if (value.kind != NodeKind::list) {
    diagnostics.error(value.where, fmt::format("'{}' must be the name of a file, or a list of rows", key));
    return std::nullopt;
  }
  Rows out{.file = value.where.file};
  for (const auto& item : value.items) {
    if (item.kind == NodeKind::text) {
      out.rows.push_back({item.text, item.where.line, item.where.column + 1});
    } else {
      diagnostics.error(item.where, fmt::format("a row of '{}' must be a text", key));
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace marquetry::assembly
