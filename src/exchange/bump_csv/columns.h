// The columns of a bump table, as they are written; a reader takes them in any order.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace marquetry::exchange {

enum Column : std::uint8_t { instance, chiplet, region, face, bump, cell, x_um, y_um, port, net };
inline constexpr std::array<std::string_view, 10> column_names{
    "instance", "chiplet", "region", "face", "bump", "cell", "x_um", "y_um", "port", "net"};

// The fields of a line: between commas, in quotes where they hold one, quotes within doubled (RFC 4180).
// False where a quotation mark is not closed.
bool split_line(std::string_view line, std::vector<std::string>& fields);
std::string csv_field(std::string_view text);

}  // namespace marquetry::exchange
