// The ways in which a chiplet can lie, by the names of 3Dblox and DEF, and where they put a point of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"

namespace marquetry::assembly {

// "R0", "R90", "MX", "MY_R90", ... with "MZ_" before it where the front looks down; "MZ" alone for "MZ_R0".
std::string orientation_name(const Orientation& orientation);
std::optional<Orientation> orientation_of(std::string_view name);
std::vector<std::string_view> orientation_names();

// "N", "FS", ...: what DEF says of it, which knows no front that looks down.
std::string_view def_orientation_name(const Orientation& orientation);
std::optional<Orientation> orientation_of_def(std::string_view name);

constexpr Size placed(Size size, const Orientation& o) { return geometry::turned(size, o.rotation); }

// A point of the unturned outline of that size, from the lower-left corner of the outline as turned.
constexpr Point placed(Point p, Size size, const Orientation& o) {
  if (o.is_mirrored) p.x = size.width - p.x;
  return geometry::turned(p, size, o.rotation);
}

// The other way round.
constexpr Point unplaced(Point p, Size size, const Orientation& o) {
  const auto back = static_cast<Rotation>((4 - static_cast<int>(o.rotation)) % 4);
  p = geometry::turned(p, geometry::turned(size, o.rotation), back);
  if (o.is_mirrored) p.x = size.width - p.x;
  return p;
}

}  // namespace marquetry::assembly
