// The words of 3D-ICE's files, one after the other, with complaints about the one that does not fit.
#pragma once

#include <optional>
#include <string_view>

#include "exchange/tokens.h"

namespace marquetry::exchange::threedice {

class Cursor {
 public:
  Cursor(const Words& words, Diagnostics& diagnostics) : words_{words}, diagnostics_{diagnostics} {}

  bool ended() const { return at_ >= words_.tokens.size(); }
  std::string_view peek(std::size_t ahead = 0) const {
    return at_ + ahead < words_.tokens.size() ? words_.tokens[at_ + ahead].text : std::string_view{};
  }
  SourceSpot spot() const { return ended() ? words_.end() : words_.spot(words_.tokens[at_]); }
  std::string_view take() { return ended() ? std::string_view{} : words_.tokens[at_++].text; }

  // These words stand next: passed. Nothing is passed where one of them is another.
  bool takes(std::string_view phrase);
  // The same, with a complaint; `of` says what is being read.
  bool expect(std::string_view phrase, std::string_view of);
  // A name; empty after a complaint.
  std::string name(std::string_view what);
  // From `least` (or above it) to `most`.
  std::optional<double> number(std::string_view what, double least, double most, bool above = true);
  // "path/file" in quotes.
  std::string path(std::string_view what);
  // Past the next of these characters.
  void skip_past(char mark);
  void error(std::string message, std::string hint = {}) {
    diagnostics_.error(spot(), std::move(message), std::move(hint));
  }

 private:
  const Words& words_;
  Diagnostics& diagnostics_;
  std::size_t at_{};
};

}  // namespace marquetry::exchange::threedice
