#include "base/wrap.h"

#include <algorithm>

namespace marquetry {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Groups of a number, a number and its unit, a name and its value.
bool belong_together(std::string_view before, std::string_view after) {
  if (before.empty() || after.empty()) return false;
  if (before == "=" || after == "=") return true;
  const bool is_group = after.size() >= 3 && std::all_of(after.begin(), after.begin() + 3, is_digit) &&
                        (after.size() == 3 || !is_digit(after[3]));
  const bool is_unit = after[0] == '%' || (after[0] >= 'A' && after[0] <= 'Z');
  return is_digit(before.back()) && (is_group || is_unit);
}

}  // namespace

std::string wrapped(std::string_view text, std::string_view indent, std::size_t width) {
  std::string out, line{text.substr(0, text.find_first_not_of(' '))};
  bool begins = true;  // the line has no word yet
  std::size_t begin = line.size();
  while (begin < text.size()) {
    auto end = std::min(text.find(' ', begin), text.size());
    auto last = text.substr(begin, end - begin);
    while (end < text.size()) {
      const auto stop = std::min(text.find(' ', end + 1), text.size());
      const auto next = text.substr(end + 1, stop - end - 1);
      if (!belong_together(last, next)) break;
      last = next;
      end = stop;
    }
    const auto words = text.substr(begin, end - begin);
    begin = end + 1;
    if (!begins && line.size() + 1 + words.size() > width) {
      out += line + "\n";
      line = indent;
      begins = true;
    }
    if (!begins) line += ' ';
    line += words;
    begins = false;
  }
  return out + line + "\n";
}

}  // namespace marquetry
