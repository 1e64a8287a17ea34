#include "exchange/rapidchiplet/tables.h"

#include <fmt/format.h>

#include <cmath>

#include "config/json.h"
#include "exchange/rapidchiplet/parts.h"
#include "proxy/links.h"

namespace marquetry::exchange::rapidchiplet {
namespace {

constexpr std::string_view mark = "__tuple__:";

// The list within a key; nothing after a complaint.
std::optional<std::vector<Node>> tuple(const Node& item, Diagnostics& diagnostics) {
  Diagnostics within;
  if (item.key.starts_with(mark)) {
    const auto list = parse_json(item.key.substr(mark.size()), "key", within);
    if (list && list->kind == NodeKind::list && list->items.size() == 2) {
      auto items = list->items;
      for (auto& node : items) node.where = item.key_where;
      return items;
    }
  }
  diagnostics.error(item.key_where, fmt::format("the key '{}' must be a pair", item.key),
                    "RapidChiplet writes \"__tuple__:[0, 1]\"");
  return std::nullopt;
}

// ["chiplet", 3] or ["irouter", 0]
std::optional<std::uint32_t> node_of(const std::vector<Node>& pair, const proxy::Design& design,
                                     Diagnostics& diagnostics) {
  const bool is_router = pair[0].text == "irouter";
  if (!is_router && pair[0].text != "chiplet") {
    diagnostics.error(pair[0].where, "a node of a routing table is [\"chiplet\", n] or [\"irouter\", n]");
    return std::nullopt;
  }
  const auto at = read_index(pair[1], is_router ? design.routers.size() : design.chiplets.size(),
                             "a node of the routing table", diagnostics);
  if (!at) return std::nullopt;
  return *at + (is_router ? static_cast<std::uint32_t>(design.chiplets.size()) : 0u);
}

std::optional<std::uint32_t> next_of(const Node& value, const proxy::Design& design,
                                     Diagnostics& diagnostics) {
  const auto* items = find(value, "items");
  const auto& list = value.is_table() && items != nullptr ? *items : value;
  if (list.kind == NodeKind::list && list.items.size() == 2) return node_of(list.items, design, diagnostics);
  diagnostics.error(value.where, "a next node of a routing table is [\"chiplet\", n] or [\"irouter\", n]");
  return std::nullopt;
}

}  // namespace

void read_encoded_traffic(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  if (!root.is_table()) return diagnostics.error(root.where, "the traffic must be an object");
  design.pattern = "as given";
  const auto chiplets = design.chiplets.size();
  for (const auto& item : root.items) {
    const auto pair = tuple(item, diagnostics);
    if (!pair) continue;
    const auto from = read_index((*pair)[0], chiplets, "source of the traffic", diagnostics),
               to = read_index((*pair)[1], chiplets, "destination of the traffic", diagnostics);
    if (item.kind != NodeKind::number || !(item.number >= 0) || item.number > 1e9) {
      diagnostics.error(item.where, "a load must be a number of packets a cycle, not below 0");
      continue;
    }
    if (from && to && item.number > 0) design.traffic.push_back({*from, *to, item.number});
  }
}

void read_encoded_routing(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  const auto* type = find(root, "type");
  const auto* table = find(root, "table");
  if (!root.is_table() || type == nullptr || table == nullptr || !table->is_table())
    return diagnostics.error(root.where, "a routing table needs 'type' and 'table'");
  if (type->text != "default") {
    design.notes.push_back(
        fmt::format("the routing table is of type '{}', by the previous node as well; the "
                    "lowest shortest paths are taken instead",
                    type->text));
    return;
  }
  const auto chiplets = design.chiplets.size();
  std::vector<std::uint32_t> next(design.nodes() * chiplets, proxy::nowhere);
  for (const auto& row : table->items) {
    const auto from_pair = tuple(row, diagnostics);
    if (!from_pair) continue;
    const auto from = node_of(*from_pair, design, diagnostics);
    if (!from || !row.is_table()) continue;
    for (const auto& item : row.items) {
      const auto to_pair = tuple(item, diagnostics);
      if (!to_pair) continue;
      const auto to = node_of(*to_pair, design, diagnostics);
      if (!to || !design.is_chiplet(*to) || item.kind == NodeKind::other) continue;
      if (const auto step = next_of(item, design, diagnostics)) next[*from * chiplets + *to] = *step;
    }
  }
  for (std::uint32_t c = 0; c < chiplets; ++c) next[c * chiplets + c] = c;
  design.next_hop = std::move(next);
}

}  // namespace marquetry::exchange::rapidchiplet
