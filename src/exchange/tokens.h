// Words of a text file with their places, for formats without a grammar of their own.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange {

struct Token {
  std::string_view text{};
  int line{}, column{};
};

// How a text falls into words.
struct Spelling {
  std::string_view punctuation{};  // characters that are words by themselves
  std::string_view line_comment{}, open_comment{}, close_comment{};  // empty: none
};

struct Words {
  std::string file{};
  std::shared_ptr<const std::string> text{};  // that the tokens look into
  std::vector<Token> tokens{};

  SourceSpot spot(const Token& token) const { return {file, token.line, token.column}; }
  SourceSpot end() const;  // behind the last word
};

// Nothing after complaints: a file that cannot be read, a word of more than 200 characters.
std::optional<Words> read_words(const std::filesystem::path& path, const Spelling& spelling,
                                Diagnostics& diagnostics);

// The tokens of each line that has some.
std::vector<std::span<const Token>> lines_of(const Words& words);

// A finite number of at most 10 m in micrometres; nothing after a complaint that calls it `what`.
std::optional<double> number_of(const Words& words, const Token& token, std::string_view what,
                                Diagnostics& diagnostics);

inline constexpr double most_micrometres = 1e7;  // 10 m

}  // namespace marquetry::exchange
