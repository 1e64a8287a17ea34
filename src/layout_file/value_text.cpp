#include "layout_file/value_text.h"

#include <fmt/format.h>

namespace marquetry::layout_file {

using geometry::Nanometre;

// In the unit in which it reads best, to the last nanometre.
std::string length_text(Nanometre length) {
  const auto size = length < 0 ? -length : length;
  const Nanometre one = size >= 1'000'000 || size == 0 ? 1'000'000 : 1000;
  auto digits = fmt::format("{}{}", length < 0 ? "-" : "", size / one);
  if (size % one != 0) {
    auto rest = fmt::format("{:0{}}", size % one, one == 1000 ? 3 : 6);
    rest.erase(rest.find_last_not_of('0') + 1);
    digits += "." + rest;
  }
  return fmt::format("\"{} {}\"", digits, one == 1000 ? "um" : "mm");
}
std::string area_text(double nm2) { return fmt::format("\"{:.15g} mm2\"", nm2 / 1e12); }

std::string size_text(geometry::Size size) {
  return fmt::format("{{ width = {}, height = {} }}", length_text(size.width), length_text(size.height));
}

std::string rect_text(const geometry::Rect& rect) {
  return fmt::format("x = {}, y = {}, width = {}, height = {}", length_text(rect.low.x),
                     length_text(rect.low.y), length_text(rect.width()), length_text(rect.height()));
}

}  // namespace marquetry::layout_file
