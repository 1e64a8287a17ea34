// A field that is one of several names, into the enumeration that lists them in the same order.
#pragma once

#include <algorithm>
#include <array>

#include "config/reader.h"

namespace marquetry {

template <class Enum, std::size_t N>
void read_one_of(Reader& reader, std::string_view key, Enum& field,
                 const std::array<std::string_view, N>& names) {
  std::string text;
  reader.choice(key, text, {names.begin(), names.end()});
  const auto at = std::ranges::find(names, text);
  if (at != names.end()) field = static_cast<Enum>(at - names.begin());
}

}  // namespace marquetry
