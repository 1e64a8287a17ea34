// Quantities as text: "64 mm2", "0.5 pJ/bit", "96.3 MTr/mm2", "85 degC".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "units/quantity.h"

namespace marquetry {

// A number whose dimension is known only at run time, as read from a file.
struct ParsedQuantity {
  double si{};
  Dimension dimension{};
};

// Reads NUMBER [["/"] UNIT[EXPONENT] {("*" | "/") UNIT[EXPONENT]}]. Nothing if the text has another form,
// names an unknown unit, or is not finite. degC stands alone: it has a zero point.
std::optional<ParsedQuantity> parse_quantity(std::string_view text);

// The first word behind the number that is no unit; empty where that is not what is wrong.
std::string_view unknown_unit(std::string_view text);

// Every unit that may be written.
std::vector<std::string_view> unit_symbols();

// "a length", "an area", or its base units where the dimension has no name here.
std::string describe(const Dimension& dimension);

// A quantity of that dimension as a user would write one: "64 mm2".
std::string example(const Dimension& dimension);

// Its coherent unit: "m2", "bit*s-1"; empty for a pure number.
std::string si_unit(const Dimension& dimension);

// In the unit that a reader expects at that magnitude: "1.2 GHz", "819 GB/s", "0.12 /cm2". Absolute
// temperatures are in degC. Parsing gives the number back, within the digits.
std::string print_quantity(double si, const Dimension& dimension, int significant_digits = 3);

}  // namespace marquetry
