#include "exchange/lefdef/lexer.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace marquetry::exchange {
namespace {

constexpr std::size_t longest_word = 100'000;  // a property may hold a table

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }
bool is_mark(char c) { return c == ';' || c == '(' || c == ')'; }

std::string shown(std::string_view text) {
  return text.empty() ? "the end of the file" : fmt::format("'{}'", text);
}

}  // namespace

Lexer::Lexer(std::string_view text, std::string file, Diagnostics& diagnostics)
    : text_{text}, file_{std::move(file)}, diagnostics_{diagnostics}, errors_before_{diagnostics.errors()} {
  advance();
}

void Lexer::advance() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      ++line_;
      line_begin_ = at_ + 1;
    }
    if (is_blank(c)) {
      ++at_;
    } else if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      break;
    }
  }
  word_ = {{}, line_, static_cast<int>(at_ - line_begin_) + 1};
  if (at_ == text_.size()) return;
  const auto begin = at_;
  if (text_[at_] == '"') {
    const auto close = text_.find('"', at_ + 1);
    if (close == std::string_view::npos) {
      error(word_, "a quotation mark is not closed");
      stopped_ = true;
      at_ = text_.size();
      return;
    }
    for (; at_ <= close; ++at_) {  // properties of LEF run over lines
      if (text_[at_] == '\n') {
        ++line_;
        line_begin_ = at_ + 1;
      }
    }
  } else if (is_mark(text_[at_])) {
    ++at_;
  } else {
    while (at_ < text_.size() && !is_blank(text_[at_]) && !is_mark(text_[at_])) ++at_;
  }
  word_.text = text_.substr(begin, at_ - begin);
  if (word_.text.size() <= longest_word) return;
  error(word_,
        fmt::format("a word of {} characters, where at most {} are read", word_.text.size(), longest_word));
  stopped_ = true;
  word_.text = {};
  at_ = text_.size();
}

Word Lexer::next() {
  const Word word = word_;
  advance();
  return word;
}

bool Lexer::take(std::string_view text) {
  if (!is(text)) return false;
  advance();
  return true;
}

void Lexer::skip_statement() {
  while (!at_end() && !is(";")) advance();
  take(";");
}

void Lexer::skip_option() {
  while (!at_end() && !is(";") && !is("+")) advance();
}

void Lexer::error(const Word& word, std::string message, std::string hint) {
  if (!stopped_) diagnostics_.error(spot(word), std::move(message), std::move(hint));
}

void Lexer::warning(const Word& word, std::string message, std::string hint) {
  diagnostics_.warning(spot(word), std::move(message), std::move(hint));
}

bool Lexer::expect(std::string_view text) {
  const auto word = next();
  if (word.text == text) return true;
  error(word, fmt::format("expected '{}', not {}", text, shown(word.text)));
  return false;
}

std::string_view Lexer::name(std::string_view what) {
  if (at_end() || is(";") || is("(") || is(")")) {
    error(word_, fmt::format("expected {}, not {}", what, shown(word_.text)));
    return {};
  }
  return next().text;
}

std::optional<double> Lexer::number(std::string_view what) {
  auto text = word_.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || stop != text.data() + text.size() || !std::isfinite(value)) {
    error(word_, fmt::format("{} must be a number, not {}", what, shown(word_.text)));
    return std::nullopt;
  }
  advance();
  return value;
}

std::optional<std::int64_t> Lexer::whole(std::string_view what) {
  std::int64_t value = 0;
  const auto text = word_.text;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || stop != text.data() + text.size()) {
    error(word_, fmt::format("{} must be a whole number, not {}", what, shown(word_.text)));
    return std::nullopt;
  }
  advance();
  return value;
}

}  // namespace marquetry::exchange
