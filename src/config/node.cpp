#include "config/node.h"

#include <algorithm>

namespace marquetry {

const Node* find(const Node& table, std::string_view key) {
  if (!table.is_table()) return nullptr;
  const auto found = std::ranges::find(table.items, key, &Node::key);
  return found == table.items.end() ? nullptr : &*found;
}

const SourceSpot& name_spot(const Node& node) {
  return node.key_where.line > 0 ? node.key_where : node.where;
}

std::string_view describe(NodeKind kind) {
  switch (kind) {
    case NodeKind::text:
      return "a text";
    case NodeKind::number:
      return "a number";
    case NodeKind::flag:
      return "true or false";
    case NodeKind::list:
      return "a list";
    case NodeKind::table:
      return "a table";
    case NodeKind::other:
      return "a date or time";
  }
  return "a value";
}

std::string quoted(const Node& value) {
  if (value.kind == NodeKind::text) return "\"" + value.text + "\"";
  if (value.kind == NodeKind::number) return value.text;
  if (value.kind == NodeKind::flag) return value.flag ? "true" : "false";
  return std::string{describe(value.kind)};
}

}  // namespace marquetry
