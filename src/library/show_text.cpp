#include <algorithm>

#include "base/wrap.h"
#include "library/listing.h"
#include "library/show.h"
#include "units/text.h"

namespace marquetry {
namespace {

constexpr std::size_t longest_list = 28;  // in a table of rows; `show` has all of it
constexpr int digits = 4;                 // published figures, as published

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string value_of(const Field& field) {
  switch (field.kind) {
    case FieldKind::text:
      return field.text;
    case FieldKind::texts:
      return joined(field.texts);
    case FieldKind::flag:
      return field.flag ? "yes" : "no";
    case FieldKind::number:
      break;
  }
  const auto& [low, typ, high, origin] = field.number;
  if (!field.known) return "-";
  return print_range(low, typ, high, field.dimension);
}

// The value, and below it what it means, where it comes from and what other sources say.
std::string show_field(const Field& field, std::size_t width) {
  std::string out = "  " + padded(field.key, width) + "  " + value_of(field);
  const auto& origin = field.number.origin;
  if (field.kind != FieldKind::number) return wrapped(out, std::string(width + 4, ' '));
  const std::string indent(width + 6, ' '), further(width + 8, ' ');
  if (origin.estimate) out += "  estimate";
  out += "\n";
  if (!field.help.empty()) out += wrapped(indent + field.help, further);
  if (!field.known) return out;
  out += wrapped(indent + "source: " + origin.source, further);
  if (!origin.group.empty()) out += indent + "moves with: " + origin.group + "\n";
  for (const auto& reading : origin.readings) {
    const auto value = print_quantity(reading.value, field.dimension, digits);
    out += wrapped(indent + "reading: " + value + " by " + reading.source, further);
  }
  return out;
}

std::string show_row(const ListedRow& row) {
  std::string out = row.singular + " " + row.id + ": " + row.name + "\n";
  out += "  " + row.where.file + ":" + std::to_string(row.where.line) + "\n";
  if (!row.overlay.empty()) out += "  overridden by " + row.overlay + "\n";
  if (!row.note.empty()) out += wrapped("  note: " + row.note, "    ");
  std::size_t width = 0;
  for (const auto& field : row.fields) width = std::max(width, field.key.size());
  for (const auto& field : row.fields) out += show_field(field, width);
  return out;
}

using Cells = std::vector<std::string>;

std::string shortened(const std::string& text, std::size_t most) {
  return text.size() > most ? text.substr(0, most - 3) + "..." : text;
}

Cells list_cells(const ListedRow& row, const std::vector<std::string_view>& keys) {
  Cells cells{row.id, row.name};
  for (const auto key : keys) {
    const auto field = std::ranges::find(row.fields, key, &Field::key);
    if (field == row.fields.end()) continue;
    const bool is_number = field->kind == FieldKind::number && field->known;
    auto text = is_number ? print_quantity(field->number.typ, field->dimension, digits) : value_of(*field);
    if (is_number && field->number.origin.estimate) text += " *";
    if (field->kind == FieldKind::texts) text = shortened(text, longest_list);
    cells.push_back(std::move(text));
  }
  if (!row.overlay.empty()) cells.push_back("overridden by " + row.overlay);
  return cells;
}

std::vector<std::size_t> widths_of(const std::vector<Cells>& table) {
  std::vector<std::size_t> widths;
  for (const auto& row : table) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  return widths;
}

// Titles are cut where what stands behind them would not fit on a page, and then a last text that is longer.
void fit_to_page(std::vector<Cells>& table) {
  constexpr std::size_t page = 118, longest_title = 44, least_title = 24;
  const auto all_but = [&](std::size_t column) {
    std::size_t out = 1;
    const auto widths = widths_of(table);
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (i != column) out += widths[i] + 2;
    return page - std::min(page, out);
  };
  const auto title = all_but(1);
  for (auto& row : table) row[1] = shortened(row[1], title < least_title ? longest_title : title);
  const auto last = widths_of(table).size() - 1, room = std::max(all_but(last), least_title);
  for (auto& row : table)
    if (row.size() > last) row[last] = shortened(row[last], room);
}

std::string aligned(const std::vector<Cells>& table) {
  const auto widths = widths_of(table);
  std::string out;
  for (const auto& row : table) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i)
      line += " " + padded(row[i], i + 1 < row.size() ? widths[i] + 1 : 0);
    out += line + "\n";
  }
  return out;
}

}  // namespace

std::string print_range(double low, double typ, double high, const Dimension& dimension) {
  auto text = print_quantity(typ, dimension, digits);
  if (low == typ && typ == high) return text;
  return text + " (" + print_quantity(low, dimension, digits) + " .. " +
         print_quantity(high, dimension, digits) + ")";
}

std::optional<std::string> library_list_text(const Library& library, std::string_view category,
                                             Diagnostics& diagnostics) {
  const auto rows = listed_rows(library, category, diagnostics);
  if (!rows) return std::nullopt;
  std::string out;
  for (auto first = rows->begin(); first != rows->end();) {
    const auto last =
        std::find_if(first, rows->end(), [&](const auto& row) { return row.category != first->category; });
    const auto keys = telling_keys(first->category);
    Cells head{first->category, ""};
    head.insert(head.end(), keys.begin(), keys.end());
    std::vector<Cells> table{std::move(head)};
    for (auto row = first; row != last; ++row) table.push_back(list_cells(*row, keys));
    fit_to_page(table);
    out += (out.empty() ? "" : "\n") + aligned(table);
    first = last;
  }
  if (out.find(" *") != std::string::npos) out += "\n  * estimate: no public source confirms it\n";
  return out;
}

std::optional<std::string> library_show_text(const Library& library, std::string_view name,
                                             Diagnostics& diagnostics) {
  const auto rows = named_rows(library, name, diagnostics);
  if (!rows) return std::nullopt;
  std::string out;
  if (rows->size() > 1) {
    out = std::to_string(rows->size()) + " rows have this name:\n";
    std::vector<Cells> table;
    for (const auto& row : *rows)
      table.push_back({row.category + "/" + row.id, std::string{meaning_of(row.category)}});
    out += aligned(table);
  }
  for (const auto& row : *rows) out += (out.empty() ? "" : "\n") + show_row(row);
  return out;
}

}  // namespace marquetry
