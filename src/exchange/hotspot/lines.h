// HotSpot's text files: words on lines, and lines of comment that begin with '#'.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exchange/tokens.h"

namespace marquetry::exchange::hotspot {

struct Lines {
  Words words{};
  std::vector<std::span<const Token>> lines{};  // of what is no comment; each has a word

  SourceSpot spot(const Token& token) const { return words.spot(token); }
};

// Nothing after complaints.
std::optional<Lines> read_lines(const std::filesystem::path& path, Diagnostics& diagnostics);

struct Bounds {
  double least{}, most{};
  bool without_least{};  // must be above it
};

// Nothing after a complaint that calls it `what`.
std::optional<double> value_of(const Lines& file, const Token& token, std::string_view what, Bounds bounds,
                               Diagnostics& diagnostics);
// Whether the word is a number of any size, NaN and infinity too.
bool is_number(std::string_view word);

// What a material may be like; lengths of packages in m; watts.
inline constexpr Bounds conductivities{1e-9, 1e5, false}, resistivities{1e-5, 1e9, false},
    capacities{0, 1e12, true}, lengths{0, 10, true}, positions{-10, 10, false}, watts{0, 1e6, false},
    kelvins{1, 5000, false};

}  // namespace marquetry::exchange::hotspot
