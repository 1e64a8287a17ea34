// Bare numbers and lists of a JSON object, with complaints that say where and what.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "config/node.h"
#include "geometry/geometry.h"

namespace marquetry::exchange {

using geometry::Nanometre;

// 10 m: beyond any package, and far from where sums of lengths overflow.
inline constexpr double longest = 1e10;
inline constexpr std::size_t most_parts = 1'000'000;  // of one list

class Fields {
 public:
  Fields(const Node& table, std::string what, Diagnostics& diagnostics)
      : table_{table}, what_{std::move(what)}, diagnostics_{diagnostics} {
    if (!table.is_table()) {
      diagnostics.error(table.where,
                        what_ + " must be an object, but it is " + std::string{describe(table.kind)});
    }
  }

  const Node& table() const { return table_; }
  const std::string& what() const { return what_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // The entry of that key; a complaint and null where it is missing.
  const Node* required(std::string_view key, std::string_view help) {
    const auto* node = optional(key);
    if (node == nullptr && table_.is_table()) {
      diagnostics_.error(name_spot(table_),
                         what_ + ": missing key '" + std::string{key} + "' (" + std::string{help} + ")");
    }
    return node;
  }
  const Node* optional(std::string_view key) {
    known_.emplace_back(key);
    return table_.is_table() ? find(table_, key) : nullptr;
  }

  // Complains about keys that nothing asked for. Call last.
  void reject_unknown_keys() {
    if (!table_.is_table()) return;
    const std::vector<std::string_view> known{known_.begin(), known_.end()};
    for (const auto& item : table_.items) {
      if (std::ranges::find(known_, item.key) != known_.end()) continue;
      diagnostics_.error(item.key_where, what_ + ": unknown key '" + item.key + "'",
                         suggest(item.key, known));
    }
  }

  // The same for what only might be a misprint.
  void warn_of_unknown_keys() {
    if (!table_.is_table()) return;
    const std::vector<std::string_view> known{known_.begin(), known_.end()};
    for (const auto& item : table_.items) {
      if (std::ranges::find(known_, item.key) != known_.end()) continue;
      diagnostics_.warning(item.key_where, what_ + ": unknown key '" + item.key + "' is not read",
                           did_you_mean(item.key, known));
    }
  }

  // A number from `least` to `most`; `least` where it is missing or wrong, after a complaint.
  double number(std::string_view key, double least, double most, std::string_view help) {
    const auto* node = required(key, help);
    return node == nullptr ? least : checked(*node, key, least, most);
  }
  double number_or(std::string_view key, double fallback, double least, double most) {
    const auto* node = optional(key);
    return node == nullptr ? fallback : checked(*node, key, least, most);
  }
  double checked(const Node& node, std::string_view key, double least, double most) {
    if (node.kind != NodeKind::number) {
      diagnostics_.error(node.where, what_ + ": '" + std::string{key} + "' must be a number, but it is " +
                                         std::string{describe(node.kind)});
      return least;
    }
    if (!(node.number >= least && node.number <= most)) {
      diagnostics_.error(node.where, what_ + ": '" + std::string{key} + "' = " + quoted(node) +
                                         " must lie between " + short_number(least) + " and " +
                                         short_number(most));
      return least;
    }
    return node.number;
  }

  // Of a length in units of `unit` nanometres, rounded to whole ones; above 0 where `positive`.
  Nanometre length(std::string_view key, double unit, std::string_view help) {
    const auto* node = required(key, help);
    if (node == nullptr) return 1;
    const double value = checked(*node, key, 0, longest / unit);
    const auto rounded = static_cast<Nanometre>(std::llround(value * unit));
    if (rounded > 0 || node->kind != NodeKind::number) return std::max<Nanometre>(rounded, 1);
    if (value == 0 && node->number == 0) {
      diagnostics_.error(node->where,
                         what_ + ": '" + std::string{key} + "' is zero: a block needs a width and a height",
                         "give its size, or leave the block out");
    }
    return 1;
  }
  Nanometre length_or(std::string_view key, double unit, Nanometre fallback) {
    const auto* node = optional(key);
    if (node == nullptr) return fallback;
    return static_cast<Nanometre>(std::llround(checked(*node, key, 0, longest / unit) * unit));
  }

  std::string name(std::string_view fallback) {
    const auto* node = optional("name");
    if (node == nullptr) return std::string{fallback};
    if (node->kind == NodeKind::text && !node->text.empty()) return node->text;
    diagnostics_.error(node->where, what_ + ": 'name' must be a text that is not empty");
    return std::string{fallback};
  }

  // A text; `fallback` where it is missing or, after a complaint, something else.
  std::string text_or(std::string_view key, std::string_view fallback) {
    const auto* node = optional(key);
    if (node == nullptr) return std::string{fallback};
    if (node->kind == NodeKind::text) return node->text;
    diagnostics_.error(node->where, what_ + ": '" + std::string{key} + "' must be a text, but it is " +
                                        std::string{describe(node->kind)});
    return std::string{fallback};
  }

  // A whole number; `fallback` where it is missing, `least` where it is wrong, after a complaint.
  std::uint32_t count_or(std::string_view key, std::uint32_t fallback, std::uint32_t least,
                         std::uint32_t most) {
    const auto* node = optional(key);
    return node == nullptr ? fallback : checked_count(*node, key, least, most);
  }
  std::uint32_t checked_count(const Node& node, std::string_view key, std::uint32_t least,
                              std::uint32_t most) {
    const double value = checked(node, key, least, most);
    if (value == std::floor(value)) return static_cast<std::uint32_t>(value);
    diagnostics_.error(node.where,
                       what_ + ": '" + std::string{key} + "' = " + quoted(node) + " must be a whole number");
    return least;
  }

  // true and false, or 1 and 0.
  bool flag_or(std::string_view key, bool fallback) {
    const auto* node = optional(key);
    if (node == nullptr) return fallback;
    if (node->kind == NodeKind::flag) return node->flag;
    if (node->kind == NodeKind::number && (node->number == 0 || node->number == 1)) return node->number != 0;
    diagnostics_.error(node->where, what_ + ": '" + std::string{key} + "' must be true or false");
    return fallback;
  }

  // The items of a list; none where it is missing (a complaint if `help` is given) or no list.
  const std::vector<Node>& items(std::string_view key, std::string_view help = {}) {
    static const std::vector<Node> none;
    const auto* node = help.empty() ? optional(key) : required(key, help);
    if (node == nullptr) return none;
    if (node->kind != NodeKind::list) {
      diagnostics_.error(node->where, what_ + ": '" + std::string{key} + "' must be a list, but it is " +
                                          std::string{describe(node->kind)});
      return none;
    }
    if (node->items.size() > most_parts) {
      diagnostics_.error(node->where, what_ + ": '" + std::string{key} + "' has more than a million entries");
      return none;
    }
    return node->items;
  }

 private:
  static std::string short_number(double value) {
    std::string text = std::to_string(value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
  }

  const Node& table_;
  std::string what_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_{};
};

}  // namespace marquetry::exchange
