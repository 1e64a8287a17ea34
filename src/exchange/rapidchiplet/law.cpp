#include "exchange/rapidchiplet/law.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace marquetry::exchange {
namespace {

constexpr int most_depth = 20;

// expression := term (('+' | '-') term)*; term := factor (('*' | '/') factor)*;
// factor := number | the parameter | '-' factor | '(' expression ')'.
class Linear {
 public:
  explicit Linear(std::string_view text) : rest_{text} {}

  std::optional<proxy::Law> function() {
    if (!word("lambda")) return fault("it must begin with 'lambda'");
    parameter_ = identifier();
    if (parameter_.empty() || !sign(':')) return fault("a parameter and a colon must follow 'lambda'");
    proxy::Law law;
    const auto outer = rounding();
    auto value = expression(0);
    for (int open = open_; value && open > 0; --open) {
      if (!sign(')')) return fault("a ')' is missing");
    }
    skip();
    if (!value) return std::nullopt;
    if (!rest_.empty()) return fault(fmt::format("'{}' is too much", rest_));
    law.fixed = value->fixed;
    law.per_mm = value->slope;
    law.rounding = outer;
    return law;
  }
  const std::string& why() const { return why_; }

 private:
  struct Value {
    double fixed{}, slope{};
  };

  std::nullopt_t fault(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    return std::nullopt;
  }
  void skip() { rest_ = trimmed(rest_); }
  bool sign(char c) {
    skip();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view identifier() {
    skip();
    std::size_t n = 0;
    const auto is_part = [&](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    if (rest_.empty() || std::isdigit(static_cast<unsigned char>(rest_.front())) != 0) return {};
    while (n < rest_.size() && is_part(rest_[n])) ++n;
    const auto name = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return name;
  }
  bool word(std::string_view expected) {
    const auto before = rest_;
    if (identifier() == expected) return true;
    rest_ = before;
    return false;
  }

  // int(...), round the whole; math.ceil(...), math.floor(...). Lengths are positive: int rounds down.
  proxy::Rounding rounding() {
    auto found = proxy::Rounding::none;
    for (;;) {
      const auto before = rest_;
      auto name = identifier();
      if (name == "math" && sign('.')) name = identifier();
      const bool known = name == "int" || name == "ceil" || name == "floor";
      if (!known || !sign('(')) {
        rest_ = before;
        return found;
      }
      ++open_;
      if (found == proxy::Rounding::none || name != "int") {
        if (found == proxy::Rounding::none || last_was_int_)
          found = name == "ceil" ? proxy::Rounding::up : proxy::Rounding::down;
      }
      last_was_int_ = name == "int";
    }
  }

  std::optional<Value> expression(int depth) {
    auto sum = term(depth);
    while (sum) {
      const bool plus = sign('+');
      if (!plus && !sign('-')) return sum;
      const auto next = term(depth);
      if (!next) return next;
      sum->fixed += plus ? next->fixed : -next->fixed;
      sum->slope += plus ? next->slope : -next->slope;
    }
    return sum;
  }

  std::optional<Value> term(int depth) {
    auto product = factor(depth);
    while (product) {
      const bool times = sign('*');
      if (!times && !sign('/')) return product;
      if (times && !rest_.empty() && rest_.front() == '*')
        return fault("powers are not linear in the length");
      const auto next = factor(depth);
      if (!next) return next;
      if (times && product->slope != 0 && next->slope != 0)
        return fault("the length times the length is not linear");
      if (!times && next->slope != 0) return fault("a division by the length is not linear");
      if (!times && next->fixed == 0) return fault("it divides by zero");
      if (times)
        product =
            Value{product->fixed * next->fixed, product->fixed * next->slope + product->slope * next->fixed};
      else
        product = Value{product->fixed / next->fixed, product->slope / next->fixed};
    }
    return product;
  }

  std::optional<Value> factor(int depth) {
    if (depth > most_depth) return fault("its brackets are nested too deeply");
    if (sign('-')) {
      auto value = factor(depth + 1);
      if (value) value = Value{-value->fixed, -value->slope};
      return value;
    }
    if (sign('(')) {
      auto value = expression(depth + 1);
      if (value && !sign(')')) return fault("a ')' is missing");
      return value;
    }
    skip();
    double number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error == std::errc{} && std::isfinite(number)) {
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      return Value{number, 0};
    }
    const auto name = identifier();
    if (name == parameter_ && !name.empty()) return Value{0, 1};
    if (!name.empty()) return fault(fmt::format("'{}' is not known here", name));
    return fault(rest_.empty() ? "it ends too early" : fmt::format("'{}' was not expected", rest_.front()));
  }

  std::string_view rest_, parameter_{};
  std::string why_{};
  int open_{};
  bool last_was_int_{};
};

}  // namespace

std::optional<proxy::Law> read_law(const Node& value, std::string_view key, Diagnostics& diagnostics) {
  if (value.kind == NodeKind::number) {
    if (value.number >= 0) return proxy::Law{.fixed = value.number};
    diagnostics.error(value.where, fmt::format("'{}' = {} must not be negative", key, quoted(value)));
    return std::nullopt;
  }
  if (value.kind != NodeKind::text) {
    diagnostics.error(value.where,
                      fmt::format("'{}' must be a number or a function of the length, but it is {}", key,
                                  describe(value.kind)));
    return std::nullopt;
  }
  Linear parser{value.text};
  auto law = parser.function();
  if (law && (law->at(0) < 0 || law->at(1000) < 0)) {
    diagnostics.error(value.where,
                      fmt::format("'{}': {} is below zero for some lengths", key, quoted(value)));
    return std::nullopt;
  }
  if (!law) {
    diagnostics.error(
        value.where,
        fmt::format("'{}': the function {} cannot be read: {}", key, quoted(value), parser.why()),
        "functions are read, never executed: write \"lambda x : a + b * x\", in math.ceil(...) "
        "if you like, or a constant");
  }
  return law;
}

}  // namespace marquetry::exchange
