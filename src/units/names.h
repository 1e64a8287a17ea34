// The names of units and dimensions: how they are written, and which are fit to print.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "units/units.h"

namespace marquetry {

struct UnitName {
  std::string_view symbol;
  double si;
  Dimension dimension;
};

// A unit to print in, for magnitudes from `from` of it up to the next row's.
struct PrintUnit {
  std::string_view text;  // what parse_quantity reads behind a number
  double from = 1;
};

// What is said about a dimension. Among its print units the first also serves what is smaller.
struct DimensionName {
  Dimension dimension;
  std::string_view name;
  std::string_view example;
  std::span<const PrintUnit> print;
};

std::span<const UnitName> unit_names();
// Null where nobody has named the dimension.
const DimensionName* find_dimension(const Dimension& dimension);

}  // namespace marquetry
