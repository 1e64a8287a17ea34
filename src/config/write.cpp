#include "config/write.h"

#include <algorithm>

namespace marquetry {
namespace {

bool is_bare(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  });
}

std::string key_text(std::string_view key) { return is_bare(key) ? std::string{key} : toml_quoted(key); }

std::string inline_text(const Node& value);

std::string joined(const Node& node, auto&& entry) {
  std::string text;
  for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + entry(item);
  return text;
}

std::string inline_text(const Node& value) {
  switch (value.kind) {
    case NodeKind::text:
      return toml_quoted(value.text);
    case NodeKind::list:
      return "[" + joined(value, inline_text) + "]";
    case NodeKind::table:
      return value.items.empty() ? "{}" : "{ " + joined(value, [](const Node& i) {
                                            return key_text(i.key) + " = " + inline_text(i);
                                          }) + " }";
    default:
      return quoted(value);
  }
}

bool is_list_of_tables(const Node& node) {
  return node.kind == NodeKind::list && !node.items.empty() &&
         std::ranges::all_of(node.items, &Node::is_table);
}

// A table of plain values stands on one line where it is short.
bool fits_a_line(const Node& table) {
  constexpr std::size_t longest = 90;
  return std::ranges::none_of(table.items,
                              [](const Node& i) { return i.is_table() || is_list_of_tables(i); }) &&
         inline_text(table).size() <= longest;
}

// Values first, then the tables that need a heading.
void write_table(const Node& table, const std::string& path, std::string& out) {
  const auto is_headed = [&](const Node& item) {
    if (is_list_of_tables(item)) return true;
    return item.is_table() && (path.empty() || !fits_a_line(item));
  };
  for (const auto& item : table.items) {
    if (!is_headed(item)) out += key_text(item.key) + " = " + inline_text(item) + "\n";
  }
  for (const auto& item : table.items) {
    if (!is_headed(item)) continue;
    const auto below = path.empty() ? key_text(item.key) : path + "." + key_text(item.key);
    if (item.is_table()) {
      out += "\n[" + below + "]\n";
      write_table(item, below, out);
      continue;
    }
    for (const auto& row : item.items) {
      out += "\n[[" + below + "]]\n";
      write_table(row, below, out);
    }
  }
}

}  // namespace

std::string toml_quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (code < 0x20 || code == 0x7f) {
      out += "\\u00";
      out += digits[code >> 4];
      out += digits[code & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string toml_text(const Node& root) {
  std::string out;
  write_table(root, {}, out);
  return out;
}

}  // namespace marquetry
