#include "exchange/bump_csv/columns.h"

#include "base/text.h"

namespace marquetry::exchange {

bool split_line(std::string_view line, std::vector<std::string>& fields) {
  fields.clear();
  fields.emplace_back();
  bool is_quoted = false, was_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        is_quoted = false;
      }
    } else if (c == '"' && trimmed(fields.back()).empty() && !was_quoted) {
      fields.back().clear();
      is_quoted = was_quoted = true;
    } else if (c == ',') {
      if (!was_quoted) fields.back() = std::string{trimmed(fields.back())};
      fields.emplace_back();
      was_quoted = false;
    } else if (!was_quoted) {
      fields.back() += c;
    }
  }
  if (!was_quoted) fields.back() = std::string{trimmed(fields.back())};
  return !is_quoted;
}

std::string csv_field(std::string_view text) {
  const bool is_plain = text.find_first_of(",\"\r\n") == std::string_view::npos && trimmed(text) == text &&
                        !text.starts_with('#');
  if (is_plain) return std::string{text};
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

}  // namespace marquetry::exchange
