// The devices that a measured case names, as the library has them.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string>

#include "library/library.h"
#include "library/operator_device.h"

namespace marquetry::test {

// "4 x A100 80GB NVLink3": so many, of the row whose id is among the words.
struct Group {
  double members{};
  operators::Device device{};
};
inline std::optional<Group> group_of(const Library& library, const std::string& text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const auto& row : library.devices) {
    if (lower.find(row.id) == std::string::npos) continue;
    return Group{std::strtod(text.c_str(), nullptr), operator_device(row)};
  }
  return std::nullopt;
}

}  // namespace marquetry::test
