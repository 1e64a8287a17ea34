// Names, lists, sides: what refers to something else. Lengths and numbers are in row_lengths.cpp.
#include "layout_file/row_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layout/rules_file.h"
#include "layout_file/load.h"

namespace marquetry::layout_file {

using layout::Pin;
using layout::side_names;

Context names_in(const Node& root, Diagnostics& diagnostics) {
  Context context;
  const auto* dies = find(root, "die");
  if (dies == nullptr || dies->kind != NodeKind::list) return context;
  for (const auto& die : dies->items) {
    const auto index = context.dies.size();
    const auto* name = die.is_table() ? find(die, "name") : nullptr;
    if (name == nullptr || name->kind != NodeKind::text) continue;
    if (!context.dies.emplace(name->text, index).second) {
      diagnostics.error(name->where, fmt::format("the name '{}' stands twice", name->text),
                        "give each die a name of its own; dies that are alike share a 'kind'");
    }
  }
  return context;
}

std::string RowReader::label(const Node& node, std::string_view what) {
  const auto* name = find(node, "name");
  if (name == nullptr || name->kind != NodeKind::text) return std::string{what};
  return fmt::format("{} '{}'", what, name->text);
}

std::span<const Node> RowReader::list(std::string_view key) {
  const auto* node = reader_.find(key);
  if (node == nullptr) return {};
  const auto most = key == "die" ? most_dies : most_rows;
  if (node->kind != NodeKind::list) {
    diagnostics_.error(node->where, fmt::format("'{}' must be a list of tables", key),
                       fmt::format("write each as [[{}]]", key));
  } else if (node->items.size() > most) {
    diagnostics_.error(node->where,
                       fmt::format("{} {}: more than the {} that are read", node->items.size(), key, most));
  } else {
    return node->items;
  }
  return {};
}

bool RowReader::is_row(const Node& item, std::string_view what) {
  if (item.is_table()) return true;
  diagnostics_.error(item.where, fmt::format("a {} must be a table", what));
  return false;
}

const std::vector<Node>* RowReader::items(const Node& node, std::string_view key, std::size_t size,
                                          std::string_view form) {
  if (node.kind == NodeKind::list && (size == 0 || node.items.size() == size)) return &node.items;
  diagnostics_.error(node.where, fmt::format("'{}' is {}, but it must be {}", key, quoted(node), form));
  return nullptr;
}

void RowReader::side_if(std::string_view key, std::optional<layout::Side>& field) {
  const auto* node = reader_.find(key);
  const auto text = node == nullptr ? std::nullopt : read_text(*node, key, diagnostics_);
  if (!text) return;
  const auto at = std::ranges::find(side_names, *text);
  if (at != side_names.end()) {
    field = geometry::sides[static_cast<std::size_t>(at - side_names.begin())];
  } else {
    diagnostics_.error(node->where, fmt::format("'{}' cannot be {}", key, quoted(*node)),
                       suggest(*text, {side_names.begin(), side_names.end()}));
  }
}

std::optional<std::size_t> RowReader::die_of(const Node& node, std::string_view key) {
  const auto name = read_text(node, key, diagnostics_);
  if (!name) return std::nullopt;
  const auto found = context_.dies.find(*name);
  if (found != context_.dies.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [known, index] : context_.dies) {
    if (names.size() < 200) names.push_back(known);
  }
  diagnostics_.error(node.where, fmt::format("'{}': there is no die '{}'", key, *name),
                     suggest(*name, names));
  return std::nullopt;
}

void RowReader::die(std::string_view key, std::size_t& field) {
  const auto* node = reader_.find_required(key);
  if (node == nullptr) return;
  if (const auto index = die_of(*node, key)) field = *index;
}
void RowReader::die_if(std::string_view key, std::optional<std::size_t>& field) {
  if (const auto* node = reader_.find(key)) field = die_of(*node, key);
}
void RowReader::kind(std::string_view key, std::size_t& field) {
  field = context_.row;
  std::string name;
  reader_.text_if(key, name);
  if (!name.empty()) field = context_.kinds.emplace(name, context_.row).first->second;
}

std::optional<Pin> RowReader::pin_of(const Node& node, std::string_view key) {
  if (node.kind == NodeKind::text) {
    if (const auto die = context_.dies.find(node.text); die != context_.dies.end())
      return Pin{.die = die->second, .at_centre = true};
    if (const auto point = context_.terminals.find(node.text); point != context_.terminals.end())
      return Pin{.at = point->second};
    std::vector<std::string_view> names;
    for (const auto& [name, index] : context_.dies) {
      if (names.size() < 200) names.push_back(name);
    }
    diagnostics_.error(node.where, fmt::format("'{}': there is no die or terminal '{}'", key, node.text),
                       suggest(node.text, names));
    return std::nullopt;
  }
  constexpr std::string_view form =
      "the name of a die or terminal, [\"die\", \"x\", \"y\"] from its lower-left corner, or a point";
  if (node.kind == NodeKind::list && node.items.size() == 2) {
    const auto x = signed_length(node.items[0], key), y = signed_length(node.items[1], key);
    return x && y ? std::optional{Pin{.at = {*x, *y}}} : std::nullopt;
  }
  const auto* parts = items(node, key, 3, form);
  if (parts == nullptr) return std::nullopt;
  const auto die = die_of((*parts)[0], key);
  const auto x = signed_length((*parts)[1], key), y = signed_length((*parts)[2], key);
  if (!die || !x || !y) return std::nullopt;
  return Pin{.die = *die, .at = {*x, *y}};
}

void RowReader::pins(std::string_view key, std::vector<Pin>& field) {
  const auto* node = reader_.find_required(key);
  const auto* pins = node == nullptr ? nullptr : items(*node, key, 0, "a list of pins");
  if (pins == nullptr) return;
  for (const auto& item : *pins) {
    if (const auto pin = pin_of(item, key)) field.push_back(*pin);
  }
}

void RowReader::terminals(std::string_view key, layout::Problem& problem) {
  for (const auto& item : list(key)) {
    if (!is_row(item, "terminal")) continue;
    const auto terminal = read_row<Terminal>(item, "terminal");
    problem.terminal_names.push_back(terminal.name);
    problem.terminals.push_back(terminal.at);
    if (context_.dies.contains(terminal.name) ||
        !context_.terminals.emplace(terminal.name, terminal.at).second) {
      diagnostics_.error(name_spot(item), fmt::format("the name '{}' stands twice", terminal.name),
                         "give each die and terminal a name of its own");
    }
  }
}

void RowReader::rotations(std::string_view key, std::uint8_t& field) {
  const auto* node = reader_.find(key);
  if (node != nullptr) field = layout::read_rotations(*node, diagnostics_);
}

}  // namespace marquetry::layout_file
