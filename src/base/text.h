// Numbers as text, the same on every machine.
#pragma once

#include <string>
#include <string_view>

namespace marquetry {

// Rounded to that many significant digits, without an exponent between 1e-4 and 1e9 and without trailing
// zeros behind the point: 0.0123, 12300, 2.5, 1.23e+12 beyond.
std::string significant(double value, int digits);

// That many digits behind the point: for columns of a table.
std::string fixed(double value, int decimals);

// The shortest text that reads back as the same number: for JSON, hashes and messages.
std::string exact(double value);

// As TOML writes a text: in quotes, whatever is in it.
std::string toml_text(std::string_view text);

std::string_view trimmed(std::string_view text);

// Letters of ASCII made small.
std::string lower_case(std::string_view text);

// a-z, 0-9 and hyphens, beginning with a letter or digit: what may name a row, a die, a variable.
bool is_kebab_case(std::string_view id);

}  // namespace marquetry
