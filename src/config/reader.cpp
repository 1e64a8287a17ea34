#include "config/reader.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "units/text.h"
#include "units/units.h"

namespace marquetry {
namespace {

std::string in_quotes(std::string_view key) { return "'" + std::string{key} + "'"; }

void wrong_kind(const Node& value, std::string_view key, const std::string& expected,
                Diagnostics& diagnostics) {
  diagnostics.error(value.where, in_quotes(key) + " must be " + expected + ", but it is " +
                                     std::string{describe(value.kind)});
}

std::string how_to_write(const Dimension& expected) {
  if (expected == dimension::none) return "write a plain number, for example " + example(expected);
  return "write " + describe(expected) + " as text with its unit, for example \"" + example(expected) + "\"";
}

void not_a_quantity(const Node& value, std::string_view key, const Dimension& expected,
                    Diagnostics& diagnostics) {
  const auto word = unknown_unit(value.text);
  if (word.empty()) {
    diagnostics.error(value.where, in_quotes(key) + ": " + quoted(value) + " is not a number with a unit",
                      how_to_write(expected));
    return;
  }
  auto hint = did_you_mean(word, unit_symbols());
  diagnostics.error(
      value.where,
      in_quotes(key) + ": '" + std::string{word} + "' in " + quoted(value) + " is not a known unit",
      hint.empty() ? how_to_write(expected) : hint);
}

bool is_in_range(const Node& value, std::string_view key, double si, const Dimension& dimension,
                 Diagnostics& diagnostics) {
  if (std::isfinite(si) && si >= 0) return true;
  const bool is_cold = dimension == dimension::temperature;
  diagnostics.error(value.where, in_quotes(key) + " is " + quoted(value) + ", but it must " +
                                     (!std::isfinite(si) ? "be finite"
                                      : is_cold          ? "not be below absolute zero"
                                                         : "not be negative"));
  return false;
}

}  // namespace

std::optional<std::string> read_text(const Node& value, std::string_view key, Diagnostics& diagnostics) {
  if (value.kind == NodeKind::text) return value.text;
  wrong_kind(value, key, "a text", diagnostics);
  return std::nullopt;
}

std::vector<std::string> read_texts(const Node& value, std::string_view key, Diagnostics& diagnostics) {
  std::vector<std::string> texts;
  if (value.kind != NodeKind::list) {
    wrong_kind(value, key, "a list of texts", diagnostics);
    return texts;
  }
  for (const auto& item : value.items) {
    if (auto text = read_text(item, key, diagnostics)) texts.push_back(std::move(*text));
  }
  return texts;
}

std::optional<bool> read_flag(const Node& value, std::string_view key, Diagnostics& diagnostics) {
  if (value.kind == NodeKind::flag) return value.flag;
  wrong_kind(value, key, "true or false", diagnostics);
  return std::nullopt;
}

std::optional<double> read_quantity(const Node& value, std::string_view key, const Dimension& expected,
                                    Diagnostics& diagnostics) {
  if (value.kind != NodeKind::text && value.kind != NodeKind::number) {
    wrong_kind(value, key, describe(expected), diagnostics);
    return std::nullopt;
  }
  const auto parsed =
      value.kind == NodeKind::number ? ParsedQuantity{value.number, {}} : parse_quantity(value.text);
  if (!parsed) {
    not_a_quantity(value, key, expected, diagnostics);
    return std::nullopt;
  }
  if (parsed->dimension != expected) {
    diagnostics.error(value.where,
                      in_quotes(key) + " must be " + describe(expected) + ", but " + quoted(value) + " is " +
                          describe(parsed->dimension),
                      how_to_write(expected));
    return std::nullopt;
  }
  if (!is_in_range(value, key, parsed->si, expected, diagnostics)) return std::nullopt;
  return parsed->si;
}

const Node* Reader::find(std::string_view key) {
  known_.emplace_back(key);
  return marquetry::find(table_, key);
}

const Node* Reader::find_required(std::string_view key, std::string_view help, std::string_view example) {
  const auto* node = find(key);
  if (node != nullptr) return node;
  auto message = (what_.empty() ? "" : what_ + ": ") + "missing key " + in_quotes(key);
  if (!help.empty()) message += " (" + std::string{help} + ")";
  auto hint =
      example.empty() ? std::string{} : "for example " + std::string{key} + " = " + std::string{example};
  diagnostics_.error(name_spot(table_), std::move(message), std::move(hint));
  return nullptr;
}

const Node* Reader::find_table(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr || node->is_table()) return node;
  wrong_kind(*node, key, "a table", diagnostics_);
  return nullptr;
}

const std::vector<Node>& Reader::entries(std::string_view key) {
  static const std::vector<Node> none;
  const auto* node = find_table(key);
  return node == nullptr ? none : node->items;
}

void Reader::text(std::string_view key, std::string& field) {
  const auto* node = find_required(key);
  if (node == nullptr) return;
  if (auto text = read_text(*node, key, diagnostics_)) field = std::move(*text);
}

void Reader::text_if(std::string_view key, std::string& field) {
  if (marquetry::find(table_, key) != nullptr) {
    text(key, field);
  } else {
    known_.emplace_back(key);
  }
}

void Reader::texts(std::string_view key, std::vector<std::string>& field) {
  if (const auto* node = find_required(key, {}, "[\"...\"]")) field = read_texts(*node, key, diagnostics_);
}

void Reader::texts_if(std::string_view key, std::vector<std::string>& field) {
  if (const auto* node = find(key)) field = read_texts(*node, key, diagnostics_);
}

void Reader::flag(std::string_view key, bool& field) {
  const auto* node = find(key);
  if (node == nullptr) return;
  if (const auto flag = read_flag(*node, key, diagnostics_)) field = *flag;
}

void Reader::choice(std::string_view key, std::string& field, const std::vector<std::string>& allowed) {
  const auto* node = find_required(key);
  if (node == nullptr) return;
  const auto text = read_text(*node, key, diagnostics_);
  if (!text) return;
  if (std::ranges::find(allowed, *text) == allowed.end()) {
    diagnostics_.error(node->where, in_quotes(key) + " cannot be " + quoted(*node),
                       suggest(*text, {allowed.begin(), allowed.end()}));
  }
  field = *text;
}

void Reader::reject_unknown_keys() {
  for (const auto& item : table_.items) {
    if (std::ranges::find(known_, item.key) != known_.end()) continue;
    diagnostics_.error(item.key_where,
                       (what_.empty() ? "" : what_ + ": ") + "unknown key " + in_quotes(item.key),
                       did_you_mean(item.key, {known_.begin(), known_.end()}));
  }
}

}  // namespace marquetry
