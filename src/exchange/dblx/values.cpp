#include "exchange/dblx/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace marquetry::exchange::dblx {

bool is_null(const Node& value) { return value.kind == NodeKind::text && value.text == "~"; }

const Node* Table::find(std::string_view key) {
  known_.emplace_back(key);
  return marquetry::find(table_, key);
}

const Node* Table::find_required(std::string_view key, std::string_view hint) {
  const auto* value = find(key);
  if (value == nullptr)
    diagnostics_.error(name_spot(table_), fmt::format("{}: missing key '{}'", what_, key), std::string{hint});
  return value;
}

std::optional<assembly::Units> Table::length(const Node& value, std::string_view key) {
  const auto read = value.kind == NodeKind::text ? assembly::units_of(value.text, precision_) : std::nullopt;
  if (!read) {
    diagnostics_.error(value.where,
                       fmt::format("'{}' must be a number of micrometres, but it is {}", key, quoted(value)));
    return std::nullopt;
  }
  if (!read->is_whole)
    diagnostics_.warning(
        value.where, fmt::format("{} um is no whole number of database units of 1/{} um: it becomes {} um",
                                 value.text, precision_, assembly::micrometres(read->units, precision_)));
  return read->units;
}

void Table::length(std::string_view key, assembly::Units& field) {
  if (const auto* value = find(key))
    if (const auto units = length(*value, key)) field = *units;
}

bool Table::read_lengths(const Node& value, std::string_view key, assembly::Units* out, std::size_t count) {
  if (value.kind != NodeKind::list || value.items.size() != count) {
    diagnostics_.error(value.where, fmt::format("'{}' must be a list of {} numbers", key, count));
    return false;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto units = length(value.items[i], key);
    if (!units) return false;
    out[i] = *units;
  }
  return true;
}

std::optional<double> Table::number(const Node& value, std::string_view key) {
  double out = 0;
  const auto* end = value.text.data() + value.text.size();
  const auto [stopped, error] = std::from_chars(value.text.data(), end, out);
  if (value.kind == NodeKind::text && error == std::errc{} && stopped == end && out >= 0 && out < 1e9)
    return out;
  diagnostics_.error(value.where, fmt::format("'{}' must be a number, but it is {}", key, quoted(value)));
  return std::nullopt;
}

std::optional<std::string> Table::text(const Node& value, std::string_view key) {
  if (value.kind == NodeKind::text && !value.text.empty() && !is_null(value)) return value.text;
  diagnostics_.error(value.where, fmt::format("'{}' must be a text, but it is {}", key, quoted(value)));
  return std::nullopt;
}

const std::vector<Node>& Table::entries(std::string_view key) {
  static const std::vector<Node> none;
  const auto* value = find(key);
  if (value == nullptr || is_null(*value)) return none;
  if (value->is_table()) return value->items;
  diagnostics_.error(value->where,
                     fmt::format("'{}' must be a table of names, but it is {}", key, quoted(*value)));
  return none;
}

void Table::warn_of_unknown_keys() {
  for (const auto& item : table_.items) {
    if (std::ranges::find(known_, item.key) == known_.end())
      diagnostics_.warning(item.key_where,
                           fmt::format("{}: '{}' is not known and not kept", what_, item.key));
  }
}

void add_files(const Node& value, assembly::ExternalFiles& files, Diagnostics& diagnostics) {
  auto& own = files[value.key];
  if (is_null(value)) return;
  if (value.kind == NodeKind::text) {
    own.push_back(value.text);
    return;
  }
  for (const auto& item : value.items) {
    if (item.kind == NodeKind::text && !value.is_table()) {
      own.push_back(item.text);
    } else {
      diagnostics.error(item.where,
                        fmt::format("'{}' must be the name of a file, or a list of such", value.key));
      return;
    }
  }
}

}  // namespace marquetry::exchange::dblx
