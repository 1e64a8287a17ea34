#include "exchange/tokens.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/file.h"

namespace marquetry::exchange {
namespace {

constexpr std::size_t longest_word = 200;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }

class Scanner {
 public:
  Scanner(std::string_view text, const Spelling& spelling) : text_{text}, spelling_{spelling} {}

  // The next word, or an empty one at the end.
  Token next() {
    while (at_ < text_.size()) {
      if (is_blank(text_[at_])) {
        step(1);
      } else if (begins(spelling_.line_comment)) {
        step(std::min(text_.find('\n', at_), text_.size()) - at_);
      } else if (begins(spelling_.open_comment)) {
        const auto close = text_.find(spelling_.close_comment, at_ + spelling_.open_comment.size());
        open_comment_ = open_comment_ || close == std::string_view::npos;
        step(close == std::string_view::npos ? text_.size() - at_
                                             : close + spelling_.close_comment.size() - at_);
      } else {
        return word();
      }
    }
    return {{}, line_, column_};
  }
  bool ends_in_comment() const { return open_comment_; }

 private:
  bool begins(std::string_view mark) const { return !mark.empty() && text_.substr(at_).starts_with(mark); }
  bool is_mark(char c) const { return spelling_.punctuation.find(c) != std::string_view::npos; }

  Token word() {
    Token token{{}, line_, column_};
    const auto begin = at_;
    if (is_mark(text_[at_])) {
      step(1);
    } else {
      while (at_ < text_.size() && !is_blank(text_[at_]) && !is_mark(text_[at_]) &&
             !begins(spelling_.line_comment) && !begins(spelling_.open_comment))
        step(1);
    }
    token.text = text_.substr(begin, at_ - begin);
    return token;
  }
  void step(std::size_t count) {
    for (const auto end = at_ + count; at_ < end; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xc0u) != 0x80u) {
        ++column_;
      }
    }
  }

  std::string_view text_;
  const Spelling& spelling_;
  std::size_t at_{};
  int line_{1}, column_{1};
  bool open_comment_{};
};

}  // namespace

SourceSpot Words::end() const {
  if (tokens.empty()) return {.file = file};
  const auto& last = tokens.back();
  return {file, last.line, last.column + static_cast<int>(last.text.size())};
}

std::optional<Words> read_words(const std::filesystem::path& path, const Spelling& spelling,
                                Diagnostics& diagnostics) {
  auto text = read_file(path, diagnostics);
  if (!text) return std::nullopt;
  Words words{.file = path.generic_string(), .text = std::make_shared<const std::string>(std::move(*text))};
  Scanner scanner{*words.text, spelling};
  for (auto token = scanner.next(); !token.text.empty(); token = scanner.next()) {
    if (token.text.size() > longest_word) {
      diagnostics.error(words.spot(token), fmt::format("a word of {} characters, where at most {} are read",
                                                       token.text.size(), longest_word));
      return std::nullopt;
    }
    words.tokens.push_back(token);
  }
  if (scanner.ends_in_comment()) {
    diagnostics.error(words.end(), "a comment is opened but not closed", "close it with */");
    return std::nullopt;
  }
  return words;
}

std::vector<std::span<const Token>> lines_of(const Words& words) {
  std::vector<std::span<const Token>> lines;
  const std::span all{words.tokens};
  for (std::size_t begin = 0, i = 1; i <= all.size(); ++i) {
    if (i < all.size() && all[i].line == all[begin].line) continue;
    lines.push_back(all.subspan(begin, i - begin));
    begin = i;
  }
  return lines;
}

std::optional<double> number_of(const Words& words, const Token& token, std::string_view what,
                                Diagnostics& diagnostics) {
  double value = 0;
  const auto* begin = token.text.data();
  const auto* end = begin + token.text.size();
  if (token.text.starts_with('+')) ++begin;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) {
    diagnostics.error(words.spot(token), fmt::format("{} must be a number, not '{}'", what, token.text));
    return std::nullopt;
  }
  if (std::abs(value) > most_micrometres) {
    diagnostics.error(words.spot(token), fmt::format("{} is {}, beyond any package (1e7)", what, token.text));
    return std::nullopt;
  }
  return value;
}

}  // namespace marquetry::exchange
