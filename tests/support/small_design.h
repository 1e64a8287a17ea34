// A design over the small library, with a part of every kind.
#pragma once

#include <optional>
#include <string>

#include "design/design.h"

namespace marquetry::test {

std::string small_design_text();

// The design of that text, and what is said about it.
struct LoadedDesign {
  std::optional<Design> design{};
  std::string messages{};
};
LoadedDesign load_text(const std::string& text);

}  // namespace marquetry::test
