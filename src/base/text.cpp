#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace marquetry {
namespace {

// Wide enough for every double in fixed notation.
using Buffer = std::array<char, 1100>;

template <class... Format>
std::string printed(double value, Format... format) {
  Buffer buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
  return error == std::errc{} ? std::string{buffer.data(), end} : std::string{"?"};
}

std::string without_trailing_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string significant(double value, int digits) {
  if (value == 0) return "0";
  const auto rounded_text = printed(value, std::chars_format::scientific, digits - 1);
  double rounded = value;
  std::from_chars(rounded_text.data(), rounded_text.data() + rounded_text.size(), rounded);
  const double magnitude = std::abs(rounded);
  if (!std::isfinite(value)) return printed(value);
  if (magnitude < 1e-4 || magnitude >= 1e9) {
    const auto e = rounded_text.find('e');
    return without_trailing_zeros(rounded_text.substr(0, e)) + rounded_text.substr(e);
  }
  const int decimals = digits - 1 - static_cast<int>(std::floor(std::log10(magnitude)));
  return without_trailing_zeros(fixed(rounded, std::max(0, decimals)));
}

std::string fixed(double value, int decimals) {
  auto text = printed(value, std::chars_format::fixed, decimals);
  const bool is_minus_zero = text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos;
  return is_minus_zero ? text.substr(1) : text;
}

std::string exact(double value) { return printed(value); }

std::string toml_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (code < 0x20 || code == 0x7f) {
      out += "\\u00";
      out += {digits[code / 16u], digits[code % 16u]};
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string lower_case(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_kebab_case(std::string_view id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !id.empty() && id.front() != '-' && std::ranges::all_of(id, fits);
}

}  // namespace marquetry
