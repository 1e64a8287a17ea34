#include "exchange/hotspot/lines.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace marquetry::exchange::hotspot {
namespace {

std::optional<double> parsed(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (stop != word.data() + word.size() || word.empty()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return HUGE_VAL;
  return error == std::errc{} ? std::optional{value} : std::nullopt;
}

}  // namespace

std::optional<Lines> read_lines(const std::filesystem::path& path, Diagnostics& diagnostics) {
  auto words = read_words(path, {}, diagnostics);
  if (!words) return std::nullopt;
  Lines out{.words = std::move(*words)};
  for (auto line : lines_of(out.words)) {
    std::size_t end = 0;
    while (end < line.size() && !line[end].text.starts_with('#')) ++end;
    if (end > 0) out.lines.push_back(line.first(end));
  }
  return out;
}

bool is_number(std::string_view word) { return parsed(word).has_value(); }

std::optional<double> value_of(const Lines& file, const Token& token, std::string_view what, Bounds bounds,
                               Diagnostics& diagnostics) {
  const auto value = parsed(token.text);
  if (!value) {
    diagnostics.error(file.spot(token), fmt::format("{} must be a number, not '{}'", what, token.text));
    return std::nullopt;
  }
  const bool fits =
      *value <= bounds.most && (bounds.without_least ? *value > bounds.least : *value >= bounds.least);
  if (fits) return value;
  diagnostics.error(file.spot(token), fmt::format("{} is {}, but must be {} {} and at most {}", what,
                                                  token.text, bounds.without_least ? "above" : "at least",
                                                  significant(bounds.least, 6), significant(bounds.most, 6)));
  return std::nullopt;
}

}  // namespace marquetry::exchange::hotspot
