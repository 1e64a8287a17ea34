#include "config/json.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/file.h"
#include "base/text.h"

namespace marquetry {
namespace {

// Levels and values, lest a hostile file exhausts the stack or the memory.
constexpr int deepest = 100;
constexpr std::size_t most_values = 2'000'000;

void append_utf8(std::string& out, unsigned code) {
  const auto put = [&out](unsigned byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0u | code >> 6u), put(0x80u | (code & 0x3fu));
  } else if (code < 0x10000) {
    put(0xe0u | code >> 12u), put(0x80u | (code >> 6u & 0x3fu)), put(0x80u | (code & 0x3fu));
  } else {
    put(0xf0u | code >> 18u), put(0x80u | (code >> 12u & 0x3fu)), put(0x80u | (code >> 6u & 0x3fu)),
        put(0x80u | (code & 0x3fu));
  }
}

// One pass, with the place of each value. The first fault ends it.
class JsonParser {
 public:
  JsonParser(std::string_view text, const std::string& name, Diagnostics& diagnostics,
             std::string_view left_out)
      : text_{text}, spot_{name, 1, 1}, diagnostics_{diagnostics}, left_out_{left_out} {}

  std::optional<Node> whole() {
    Node root;
    skip_blanks();
    if (!value(root, 0)) return std::nullopt;
    skip_blanks();
    if (!text_.empty()) {
      fault("a second value follows the first", "a JSON file holds one value");
      return std::nullopt;
    }
    return root;
  }

 private:
  bool fault(const std::string& what, const std::string& hint = {}) {
    diagnostics_.error(spot_, "is no JSON here: " + what, hint);
    return false;
  }
  bool truncated() { return fault("the file ends too early", "it may have been cut off"); }

  void advance(std::size_t bytes = 1) {
    for (; bytes > 0; --bytes, text_.remove_prefix(1)) {
      if (text_.front() == '\n') {
        ++spot_.line;
        spot_.column = 1;
      } else if ((static_cast<unsigned char>(text_.front()) & 0xc0u) != 0x80u) {
        ++spot_.column;
      }
    }
  }
  void skip_blanks() {
    while (!text_.empty() && std::string_view{" \t\r\n"}.find(text_.front()) != std::string_view::npos)
      advance();
  }
  bool take(char c) {
    skip_blanks();
    if (text_.empty() || text_.front() != c) return false;
    advance();
    return true;
  }

  // Past a value, without a look at what is in it.
  bool pass() {
    std::size_t at = 0;
    int open = 0;
    bool quoted = false;
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if (quoted) {
        if (c == '\\') ++at;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        ++open;
      } else if (c == ']' || c == '}' || (c == ',' && open == 0)) {
        if (open == 0) break;
        --open;
      }
    }
    advance(std::min(at, text_.size()));
    return !text_.empty() || truncated();
  }

  bool value(Node& out, int depth) {
    if (depth > deepest) return fault("it is nested too deeply");
    if (++values_ > most_values)
      return fault("it holds more than " + std::to_string(most_values) + " values");
    if (text_.empty()) return truncated();
    out.where = spot_;
    switch (text_.front()) {
      case '{':
        return object(out, depth);
      case '[':
        return list(out, depth);
      case '"':
        out.kind = NodeKind::text;
        return text(out.text);
      case 't':
      case 'f':
      case 'n':
        return word(out);
      default:
        return number(out);
    }
  }

  bool word(Node& out) {
    for (const std::string_view known : {"true", "false", "null"}) {
      if (!text_.starts_with(known)) continue;
      out.kind = known == "null" ? NodeKind::other : NodeKind::flag;
      out.flag = known == "true";
      advance(known.size());
      return true;
    }
    return fault("a value was expected", "texts stand in quotes");
  }

  bool number(Node& out) {
    const auto end = text_.find_first_not_of("+-.0123456789eE");
    auto digits = text_.substr(0, end);
    double parsed = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    if (digits.empty() || digits.front() == '+' || result.ec != std::errc{} ||
        result.ptr != digits.data() + digits.size()) {
      return fault("a value was expected", "a text in quotes, a number, true, false, null, [...] or {...}");
    }
    out.kind = NodeKind::number;
    out.number = parsed;
    out.text = exact(parsed);
    advance(digits.size());
    return true;
  }

  bool hex_code(unsigned& code) {
    if (text_.size() < 4) return truncated();
    const auto result = std::from_chars(text_.data(), text_.data() + 4, code, 16);
    if (result.ptr != text_.data() + 4) return fault("four hexadecimal digits were expected after \\u");
    advance(4);
    return true;
  }

  bool escape(std::string& out) {
    if (text_.empty()) return truncated();
    const char c = text_.front();
    advance();
    if (c == 'u') {
      unsigned code = 0;
      if (!hex_code(code)) return false;
      // Characters beyond 16 bits come as two halves.
      if (code >= 0xd800 && code < 0xdc00 && text_.starts_with("\\u")) {
        unsigned low = 0;
        advance(2);
        if (!hex_code(low)) return false;
        code = 0x10000 + ((code - 0xd800) << 10u) + (low - 0xdc00);
      }
      if (code == 0 || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) {
        return fault("a character that is none");
      }
      append_utf8(out, code);
      return true;
    }
    constexpr std::string_view names = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    const auto at = names.find(c);
    if (at == std::string_view::npos) return fault("an unknown character after \\");
    out += meant[at];
    return true;
  }

  bool text(std::string& out) {
    advance();
    for (;;) {
      if (text_.empty()) return truncated();
      const char c = text_.front();
      if (static_cast<unsigned char>(c) < 0x20) return fault("a text ends with a quote on the same line");
      advance();
      if (c == '"') return true;
      if (c != '\\') {
        out += c;
      } else if (!escape(out)) {
        return false;
      }
    }
  }

  bool list(Node& out, int depth) {
    out.kind = NodeKind::list;
    advance();
    if (take(']')) return true;
    do {
      skip_blanks();
      if (!value(out.items.emplace_back(), depth + 1)) return false;
    } while (take(','));
    return take(']') || (text_.empty() ? truncated() : fault("',' or ']' was expected"));
  }

  bool object(Node& out, int depth) {
    out.kind = NodeKind::table;
    std::set<std::string> seen;
    advance();
    if (take('}')) return true;
    do {
      skip_blanks();
      if (text_.empty()) return truncated();
      const SourceSpot where = spot_;
      if (text_.front() != '"') return fault("a key in quotes was expected");
      auto& item = out.items.emplace_back();
      item.key_where = where;
      if (!text(item.key)) return false;
      if (!seen.insert(item.key).second) {
        spot_ = where;
        return fault("the key '" + item.key + "' stands here a second time");
      }
      if (!take(':')) return text_.empty() ? truncated() : fault("':' was expected");
      skip_blanks();
      if (depth == 0 && !left_out_.empty() && item.key.starts_with(left_out_)) {
        item.where = spot_;
        item.kind = NodeKind::other;
        if (!pass()) return false;
      } else if (!value(item, depth + 1)) {
        return false;
      }
    } while (take(','));
    return take('}') || (text_.empty() ? truncated() : fault("',' or '}' was expected"));
  }

  std::string_view text_;
  SourceSpot spot_;
  Diagnostics& diagnostics_;
  std::string_view left_out_;
  std::size_t values_{};
};

}  // namespace

std::optional<Node> parse_json_file(const std::filesystem::path& path, Diagnostics& diagnostics,
                                    std::string_view left_out) {
  const auto text = read_file(path, diagnostics);
  return text ? parse_json(*text, path.generic_string(), diagnostics, left_out) : std::nullopt;
}

std::optional<Node> parse_json(std::string_view text, const std::string& name, Diagnostics& diagnostics,
                               std::string_view left_out) {
  diagnostics.keep_text(name, std::string{text});
  return JsonParser{text, name, diagnostics, left_out}.whole();
}

}  // namespace marquetry
