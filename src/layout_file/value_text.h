// Values of a placement document as TOML text.
#pragma once

#include <string>
#include <string_view>

#include "geometry/geometry.h"

namespace marquetry::layout_file {

std::string length_text(geometry::Nanometre length);  // "\"0.5 mm\"": to the last nanometre
std::string area_text(double square_nanometres);
std::string size_text(geometry::Size size);         // { width = ..., height = ... }
std::string rect_text(const geometry::Rect& rect);  // x = ..., y = ..., width = ..., height = ...

}  // namespace marquetry::layout_file
