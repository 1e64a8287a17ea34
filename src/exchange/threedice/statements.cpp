#include "exchange/threedice/statements.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace marquetry::exchange::threedice {
namespace {

// Calls `each` for every word of a phrase until it says no.
bool all_words(std::string_view phrase, const auto& each) {
  while (!phrase.empty()) {
    const auto end = phrase.find(' ');
    if (!each(phrase.substr(0, end))) return false;
    phrase.remove_prefix(end == std::string_view::npos ? phrase.size() : end + 1);
  }
  return true;
}

}  // namespace

bool Cursor::takes(std::string_view phrase) {
  std::size_t ahead = 0;
  if (!all_words(phrase, [&](std::string_view word) { return peek(ahead++) == word; })) return false;
  at_ += ahead;
  return true;
}

bool Cursor::expect(std::string_view phrase, std::string_view of) {
  if (takes(phrase)) return true;
  error(fmt::format("{}: '{}' is expected, not '{}'", of, phrase, ended() ? "the end of the file" : peek()));
  return false;
}

std::string Cursor::name(std::string_view what) {
  const auto word = peek();
  if (!word.empty() && std::string_view{":;,()\""}.find(word[0]) == std::string_view::npos)
    return std::string{take()};
  error(fmt::format("{} needs a name", what));
  return {};
}

std::optional<double> Cursor::number(std::string_view what, double least, double most, bool above) {
  const auto word = peek();
  double value = 0;
  const auto [stop, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool parses =
      !word.empty() && stop == word.data() + word.size() && fault != std::errc::invalid_argument;
  if (!parses) {
    error(fmt::format("{} must be a number, not '{}'", what, ended() ? "the end of the file" : word));
    return std::nullopt;
  }
  if (fault == std::errc{} && value <= most && (above ? value > least : value >= least)) {
    take();
    return value;
  }
  error(fmt::format("{} is {}, but must be {} {} and at most {}", what, word, above ? "above" : "at least",
                    significant(least, 6), significant(most, 6)));
  take();
  return std::nullopt;
}

std::string Cursor::path(std::string_view what) {
  if (!expect("\"", what)) return {};
  std::string out;
  while (!ended() && peek() != "\"") out += take();
  if (out.empty()) error(fmt::format("{} needs a file in quotes", what));
  expect("\"", what);
  return out;
}

void Cursor::skip_past(char mark) {
  while (!ended()) {
    const auto word = take();
    if (word.size() == 1 && word[0] == mark) return;
  }
}

}  // namespace marquetry::exchange::threedice
