#include "exchange/yaml.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_set>

#include "base/text.h"

namespace marquetry::exchange {
namespace {

constexpr int deepest = 40;
constexpr std::size_t most_nodes = 1'000'000;  // with what aliases repeat

SourceSpot spot(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return {.file = file};
  return {file, mark.line + 1, mark.column + 1};
}

class Converter {
 public:
  Converter(const std::string& file, Diagnostics& diagnostics) : file_{file}, diagnostics_{diagnostics} {}

  bool convert(const YAML::Node& from, Node& to, int depth) {
    to.where = spot(file_, from.Mark());
    if (depth > deepest) return refuse(to.where, "is nested deeper than a description needs");
    if (++nodes_ > most_nodes) return refuse(to.where, "has more than a million values");
    switch (from.Type()) {
      case YAML::NodeType::Map:
        return convert_map(from, to, depth);
      case YAML::NodeType::Sequence:
        to.kind = NodeKind::list;
        for (const auto& item : from)
          if (!convert(item, to.items.emplace_back(), depth + 1)) return false;
        return true;
      case YAML::NodeType::Scalar:
        to.kind = NodeKind::text;
        to.text = from.Scalar();
        return true;
      default:
        to.kind = NodeKind::text;
        to.text = "~";
        return true;
    }
  }

 private:
  bool refuse(const SourceSpot& where, std::string what) {
    diagnostics_.error(where, std::move(what));
    return false;
  }
  bool convert_map(const YAML::Node& from, Node& to, int depth) {
    to.kind = NodeKind::table;
    std::unordered_set<std::string> keys;
    for (const auto& entry : from) {
      const auto where = spot(file_, entry.first.Mark());
      if (!entry.first.IsScalar()) return refuse(where, "a key must be a word, not a list or a table");
      auto& item = to.items.emplace_back();
      if (!convert(entry.second, item, depth + 1)) return false;
      item.key = entry.first.Scalar();
      item.key_where = where;
      if (!keys.insert(item.key).second) return refuse(where, "the key '" + item.key + "' occurs twice");
    }
    return true;
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  std::size_t nodes_{};
};

}  // namespace

std::optional<Node> parse_yaml(const std::string& text, const std::string& file, Diagnostics& diagnostics) {
  try {
    Node out;
    if (!Converter{file, diagnostics}.convert(YAML::Load(text), out, 0)) return std::nullopt;
    return out;
  } catch (const YAML::Exception& wrong) {
    diagnostics.error(spot(file, wrong.mark), "is no YAML: " + wrong.msg);
    return std::nullopt;
  }
}

std::string yaml_text(std::string_view text) {
  constexpr std::array<std::string_view, 11> meant_otherwise{"null", "true", "false", "yes", "no", "on",
                                                             "off",  "y",    "n",     "nan", "inf"};
  const auto small = lower_case(text);
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '/' || c == '-';
  };
  const bool starts_plain =
      !text.empty() && (std::isalpha(static_cast<unsigned char>(text.front())) != 0 || text.front() == '_');
  if (starts_plain && std::ranges::all_of(text, is_plain) &&
      std::ranges::find(meant_otherwise, small) == meant_otherwise.end())
    return std::string{text};
  std::string out = "\"";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 0x20 || u == 0x7f) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\x";
      out += digits[u >> 4];
      out += digits[u & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace marquetry::exchange
