// Words of a row, and complaints about rows that stop where they would flood.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/row_file.h"

namespace marquetry::assembly {

inline std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<std::string_view> out;
  while (true) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const auto end = text.find_first_of(blanks);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end);
  }
}

// The place of a word of the row, by characters.
inline SourceSpot at_word(const Rows& rows, const Row& row, std::string_view word) {
  SourceSpot spot{rows.file, row.line, row.column};
  for (const char c : row.text.substr(0, static_cast<std::size_t>(word.data() - row.text.data())))
    if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80u) ++spot.column;
  return spot;
}

// What a message shows of a word that may be long.
inline std::string shortened(std::string_view word) {
  if (word.size() <= 40) return std::string{word};
  std::size_t end = 40;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xc0u) == 0x80u) --end;
  return std::string{word.substr(0, end)} + "...";
}

class Complaints {
 public:
  explicit Complaints(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}
  // False: enough of them.
  bool add(const SourceSpot& where, std::string message, std::string hint) {
    diagnostics_.error(where, std::move(message), std::move(hint));
    if (++count_ < 20) return true;
    diagnostics_.error(where, "too many wrong rows: the rest of the file is not read");
    return false;
  }

 private:
  Diagnostics& diagnostics_;
  int count_{};
};

}  // namespace marquetry::assembly
