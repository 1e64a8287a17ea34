// The words of LEF and DEF: between blanks, with " round what has blanks, # to the end of the line a comment;
// ; ( and ) are words of their own. One at a time, since a DEF may have millions.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

struct Word {
  std::string_view text{};  // empty at the end of the file
  int line{}, column{};
};

class Lexer {
 public:
  Lexer(std::string_view text, std::string file, Diagnostics& diagnostics);

  const Word& peek() const { return word_; }
  Word next();
  bool at_end() const { return word_.text.empty(); }
  bool is(std::string_view text) const { return word_.text == text; }
  // The next word if it is that one.
  bool take(std::string_view text);
  // Behind the next semicolon.
  void skip_statement();
  // To the next + or ; of an entry.
  void skip_option();

  SourceSpot spot(const Word& word) const { return {file_, word.line, word.column}; }
  void error(const Word& word, std::string message, std::string hint = {});
  void warning(const Word& word, std::string message, std::string hint = {});
  // False after so many complaints that it makes no sense to go on.
  bool may_go_on() const { return !stopped_ && diagnostics_.errors() - errors_before_ < 20; }
  // Complaints of this file so far.
  int errors() const { return diagnostics_.errors() - errors_before_; }

  // The same with a complaint where something else stands; the word is taken.
  bool expect(std::string_view text);
  std::string_view name(std::string_view what);  // empty after a complaint
  std::optional<double> number(std::string_view what);
  std::optional<std::int64_t> whole(std::string_view what);

 private:
  void advance();

  std::string_view text_;
  std::string file_;
  Diagnostics& diagnostics_;
  std::size_t at_{}, line_begin_{};
  int line_{1}, errors_before_{};
  bool stopped_{};
  Word word_{};
};

}  // namespace marquetry::exchange
