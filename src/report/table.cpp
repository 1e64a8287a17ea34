#include "report/table.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace marquetry::report {

std::string print(const Table& table, std::string_view indent) {
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  }
  std::string out;
  for (const auto& row : table.rows) {
    std::string line{indent};
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string blank(widths[c] - row[c].size(), ' ');
      if (c > 0) line += "  ";
      line += table.columns[c] == Align::right ? blank + row[c] : row[c] + blank;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string print(const Table& table, const std::vector<std::string>& below) {
  const auto lines = print(table);
  std::string out;
  std::size_t begin = 0;
  for (const auto& more : below) {
    const auto end = lines.find('\n', begin) + 1;
    out += lines.substr(begin, end - begin) + more;
    begin = end;
  }
  return out;
}

std::string readable(double value) {
  if (!std::isfinite(value)) return value > 0 ? "unbounded" : "-";
  const double size = std::abs(value);
  if (size < 999.5) return significant(value, 3);
  // Thousands are set apart; the last digits stand for three significant ones.
  const double step = std::pow(10, std::floor(std::log10(size)) - 3);
  const std::string digits = fixed(std::round(value / step) * step, 0);
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t behind = digits.size() - i;
    if (i > 0 && behind % 3 == 0 && digits[i - 1] != '-') grouped.push_back(' ');
    grouped.push_back(digits[i]);
  }
  return grouped;
}

}  // namespace marquetry::report
