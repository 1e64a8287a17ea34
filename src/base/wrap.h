// Text for a terminal: no line wider than a page.
#pragma once

#include <string>
#include <string_view>

namespace marquetry {

// Broken between words, so that no line is longer; lines after the first begin with `indent`. Numbers stay
// whole, with their units: "4 316 USD".
std::string wrapped(std::string_view text, std::string_view indent = "  ", std::size_t width = 116);

}  // namespace marquetry
