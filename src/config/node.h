// A configuration file as a tree of values, each with its place. What parsed it (TOML++) stays in parse.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry {

enum class NodeKind { text, number, flag, list, table, other };

struct Node {
  NodeKind kind{};
  std::string key{};       // in the table that holds it
  SourceSpot key_where{};  // line 0 where it has no key
  SourceSpot where{};
  std::string text{};
  double number{};
  bool flag{};
  std::size_t layer{};      // which of several merged tables it came from
  std::vector<Node> items;  // of a list; of a table in the order of the file

  bool is_table() const { return kind == NodeKind::table; }
};

// The entry of that key, or null.
const Node* find(const Node& table, std::string_view key);

// Where to point at a table as a whole: its name where it has one.
const SourceSpot& name_spot(const Node& node);

// "a text", "a number", ... : what was found, for messages.
std::string_view describe(NodeKind kind);

// The value as its file would write it, for messages; the kind alone where it is a list or a table.
std::string quoted(const Node& value);

}  // namespace marquetry
