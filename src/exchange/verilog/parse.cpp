#include "exchange/verilog/parse.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace marquetry::exchange {
namespace {

constexpr std::int64_t widest = 1'000'000;  // bits of one bus
constexpr int deepest = 16;                 // joined in joined

struct Wrong {
  int line{};
  std::string what{};
};

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Words and signs, without comments and attributes. An escaped name begins with a backslash.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_{text} { next(); }

  std::string_view word() const { return word_; }
  int line() const { return line_; }
  bool is_over() const { return word_.empty(); }
  bool take(std::string_view wanted) {
    if (word_ != wanted) return false;
    next();
    return true;
  }
  void expect(std::string_view wanted) {
    if (!take(wanted))
      throw Wrong{line_, "'" + std::string{wanted} + "' was expected, but here is '" + shown() + "'"};
  }
  std::string name() {
    const bool is_escaped = word_.starts_with('\\');
    if (!is_escaped &&
        (word_.empty() || !is_letter(word_[0]) || std::isdigit(static_cast<unsigned char>(word_[0])) != 0))
      throw Wrong{line_, "a name was expected, but here is '" + shown() + "'"};
    std::string out{is_escaped ? word_.substr(1) : word_};
    next();
    return out;
  }
  std::int64_t number() {
    std::int64_t out = 0;
    const auto* end = word_.data() + word_.size();
    const auto [stopped, error] = std::from_chars(word_.data(), end, out);
    if (error != std::errc{} || stopped != end || out < 0 || out > widest)
      throw Wrong{line_, "a number of a bit was expected, but here is '" + shown() + "'"};
    next();
    return out;
  }
  void next() {
    skip();
    if (rest_.empty()) {
      word_ = {};
      return;
    }
    std::size_t length = 1;
    if (rest_[0] == '\\') {
      while (length < rest_.size() && !is_blank(rest_[length])) ++length;
    } else if (is_letter(rest_[0]) || rest_[0] == '\'') {
      while (length < rest_.size() && (is_letter(rest_[length]) || rest_[length] == '\'')) ++length;
    }
    word_ = rest_.substr(0, length);
    rest_.remove_prefix(length);
  }

 private:
  std::string shown() const { return std::string{word_.substr(0, 40)}; }
  void drop_to(std::string_view end) {
    const auto at = rest_.find(end);
    const auto length = at == std::string_view::npos ? rest_.size() : at + end.size();
    line_ += static_cast<int>(std::ranges::count(rest_.substr(0, length), '\n'));
    rest_.remove_prefix(length);
  }
  void skip() {
    while (!rest_.empty()) {
      if (is_blank(rest_[0])) {
        if (rest_[0] == '\n') ++line_;
        rest_.remove_prefix(1);
      } else if (rest_.starts_with("//")) {
        drop_to("\n");
      } else if (rest_.starts_with("/*")) {
        drop_to("*/");
      } else if (rest_.starts_with("(*") && !rest_.starts_with("(*)")) {
        drop_to("*)");
      } else if (rest_[0] == '`') {
        drop_to("\n");
      } else {
        return;
      }
    }
  }
  std::string_view rest_, word_{};
  int line_{1};
};

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_{text} {}

  void parse(std::vector<VerilogModule>& out) {
    while (!lexer_.is_over()) {
      lexer_.expect("module");
      out.push_back(module());
    }
  }

 private:
  std::optional<assembly::Direction> direction() {
    if (lexer_.take("input")) return assembly::Direction::input;
    if (lexer_.take("output")) return assembly::Direction::output;
    if (lexer_.take("inout")) return assembly::Direction::inout;
    return std::nullopt;
  }
  bool wire() {
    constexpr std::array<std::string_view, 6> kinds{"wire", "tri", "supply0", "supply1", "wand", "wor"};
    return std::ranges::any_of(kinds, [this](auto kind) { return lexer_.take(kind); });
  }
  std::optional<Range> range() {
    if (!lexer_.take("[")) return std::nullopt;
    Range out{.left = lexer_.number()};
    out.right = lexer_.take(":") ? lexer_.number() : out.left;
    lexer_.expect("]");
    return out;
  }

  VerilogModule module() {
    VerilogModule out{.name = lexer_.name()};
    if (lexer_.take("(")) {
      Signal signal;
      while (!lexer_.take(")")) {
        if (const auto given = direction()) {
          signal.direction = given;
          wire();
          signal.range = range();
        }
        out.signals[lexer_.name()] = signal;
        if (!lexer_.take(",") && lexer_.word() != ")") lexer_.expect(",");
      }
    }
    lexer_.expect(";");
    while (!lexer_.take("endmodule")) item(out);
    return out;
  }

  void item(VerilogModule& out) {
    const auto given = direction();
    if (wire() || given) {
      const auto width = range();
      do {
        auto& signal = out.signals[lexer_.name()];
        if (given) signal.direction = given;
        if (width) signal.range = width;
      } while (lexer_.take(","));
      lexer_.expect(";");
    } else if (lexer_.take("assign")) {
      auto left = expression(0);
      lexer_.expect("=");
      auto right = expression(0);
      lexer_.expect(";");
      out.assigns.emplace_back(std::move(left), std::move(right));
    } else {
      out.instances.push_back(instance());
    }
  }

  ModuleInstance instance() {
    ModuleInstance out{.module = lexer_.name()};
    out.name = lexer_.name();
    lexer_.expect("(");
    while (!lexer_.take(")")) {
      lexer_.expect(".");
      auto port = lexer_.name();
      lexer_.expect("(");
      out.ports.emplace_back(std::move(port), lexer_.word() == ")" ? Expression{} : expression(0));
      lexer_.expect(")");
      if (!lexer_.take(",") && lexer_.word() != ")") lexer_.expect(",");
    }
    lexer_.expect(";");
    return out;
  }

  Expression expression(int depth) {
    if (depth > deepest) throw Wrong{lexer_.line(), "too much is joined in itself"};
    Expression out;
    if (lexer_.take("{")) {
      do {
        auto part = expression(depth + 1);
        std::ranges::move(part, std::back_inserter(out));
      } while (lexer_.take(","));
      lexer_.expect("}");
    } else if (!lexer_.is_over() && (std::isdigit(static_cast<unsigned char>(lexer_.word()[0])) != 0)) {
      // A constant of one bit; wider ones are written as such bits.
      if (!lexer_.word().starts_with("1'")) throw Wrong{lexer_.line(), "a constant is wider than a bit"};
      lexer_.next();
      out.emplace_back();
    } else {
      Bits bits{.name = lexer_.name()};
      bits.range = range();
      out.push_back(std::move(bits));
    }
    return out;
  }

  Lexer lexer_;
};

}  // namespace

std::vector<std::string> bit_names(std::string_view name, const std::optional<Range>& range) {
  if (!range) return {std::string{name}};
  std::vector<std::string> out;
  const auto step = range->left <= range->right ? 1 : -1;
  for (auto i = range->left;; i += step) {
    out.push_back(std::string{name} + "[" + std::to_string(i) + "]");
    if (i == range->right) return out;
  }
}

ParsedVerilog parse_verilog(std::string_view text) {
  ParsedVerilog out;
  try {
    Parser{text}.parse(out.modules);
  } catch (Wrong& wrong) {
    out.line = wrong.line;
    out.wrong = std::move(wrong.what);
  }
  return out;
}

}  // namespace marquetry::exchange
