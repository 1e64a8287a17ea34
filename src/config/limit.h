// Limits on figures: constraints of a design, caps of a profile.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/node.h"

namespace marquetry {

// The unit that the last part of a figure's path names: "power.total_w" is in W. Empty for a pure number.
std::string_view figure_unit(std::string_view path);

struct LimitValue {
  double si{};
  std::string text{};  // with its unit: "700 W"
};

// A text has its own unit; a bare number is in the unit that the path names.
std::optional<LimitValue> read_limit(const Node& value, std::string_view path, Diagnostics& diagnostics);

}  // namespace marquetry
