// The page docs/measured.md: every measured row beside ours and beside the published tools'. Its sections are
// written by the golden tests themselves, where UPDATE_GOLDEN is set:
//   UPDATE_GOLDEN=1 ctest --preset release -L golden-performance
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace marquetry::test {

struct MeasuredTable {
  std::vector<std::string> columns{};
  std::vector<std::vector<std::string>> rows{};
  std::string note{};  // a paragraph below the table
};

// "12.3 us", with three digits; "-" for nothing.
std::string seconds_text(std::optional<double> seconds);
// "+4.2 %": of `ours` above `measured`.
std::string deviation_text(std::optional<double> ours, std::optional<double> measured);

// Puts the section into a page, in place of one of the same title; sections are in the order of their titles.
std::string with_section(const std::string& page, const std::string& title, const MeasuredTable& table);

// The same in docs/measured.md, if UPDATE_GOLDEN is set; else nothing.
void print_section(const std::string& title, const MeasuredTable& table);

}  // namespace marquetry::test
