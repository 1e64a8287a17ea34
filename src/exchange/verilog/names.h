// Names as Verilog takes them.
#pragma once

#include <string>
#include <string_view>

namespace marquetry::exchange {

// Letters, digits, _ and $, no digit or $ first, no word of Verilog or SystemVerilog.
bool is_plain_identifier(std::string_view name);

// What can be a name at all, escaped if need be: printable characters of ASCII without blanks.
bool is_verilog_name(std::string_view name);

// The name itself, or escaped with the blank that ends it (IEEE 1364-2005, 3.7.1).
std::string verilog_identifier(std::string_view name);

}  // namespace marquetry::exchange
