// Columns of text, lined up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marquetry::report {

enum class Align { left, right };

struct Table {
  std::vector<Align> columns{};
  std::vector<std::vector<std::string>> rows{};
};

// Every line begins with `indent`; two spaces between columns; no blanks at the end of a line.
std::string print(const Table& table, std::string_view indent = "  ");

// The same with lines of text below each row: of each, or empty.
std::string print(const Table& table, const std::vector<std::string>& below);

// "1 234", "12.3", "0.0123": three digits for reading, thousands apart, no exponents.
std::string readable(double value);

}  // namespace marquetry::report
