#include "units/text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "units/names.h"

namespace marquetry {
namespace {

constexpr std::string_view celsius = "degC";
constexpr int largest_exponent = 9;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void skip_spaces(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

template <class T>
bool read_front(std::string_view& text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

// Reads one unit with its exponent digits, of which "CO2" is none, off the front of the text.
std::optional<ParsedQuantity> read_unit(std::string_view& text) {
  const UnitName* best = nullptr;
  for (const auto& name : unit_names()) {
    const bool longer = best == nullptr || name.symbol.size() > best->symbol.size();
    if (text.starts_with(name.symbol) && longer) best = &name;
  }
  if (best == nullptr) return std::nullopt;
  auto rest = text.substr(best->symbol.size());

  int exponent = 1;
  if (rest.starts_with('^')) rest.remove_prefix(1);
  read_front(rest, exponent);
  if (std::abs(exponent) > largest_exponent) return std::nullopt;
  if (!rest.empty() && is_letter(rest.front())) return std::nullopt;

  text = rest;
  return ParsedQuantity{std::pow(best->si, exponent), best->dimension * exponent};
}

// Multiplies the number by the units behind it. False at the first thing that is no unit; `text` then begins
// with it.
bool read_units(std::string_view& text, ParsedQuantity& result) {
  bool divide = text.front() == '/';
  if (divide) text.remove_prefix(1);
  for (;;) {
    skip_spaces(text);
    const auto factor = read_unit(text);
    if (!factor) return false;
    result.si = divide ? result.si / factor->si : result.si * factor->si;
    result.dimension = result.dimension + factor->dimension * (divide ? -1 : 1);
    skip_spaces(text);
    if (text.empty()) return true;
    if (text.front() != '*' && text.front() != '/') return false;
    divide = text.front() == '/';
    text.remove_prefix(1);
  }
}

std::string joined(const std::string& number, std::string_view unit) {
  return unit.empty() ? number : number + " " + std::string{unit};
}

// The last row that the magnitude reaches after rounding.
std::string print_in(std::span<const PrintUnit> units, double si, int digits) {
  const PrintUnit* best = &units.front();
  const auto scale = [](const PrintUnit& unit) { return parse_quantity("1 " + std::string{unit.text})->si; };
  for (const auto& unit : units) {
    const double rounding = 0.5 * std::pow(10, -digits);
    if (std::abs(si) / scale(unit) * (1 + rounding) >= unit.from) best = &unit;
  }
  return joined(significant(si / scale(*best), digits), best->text);
}

// Large counts in steps of a thousand: 80e9.
std::string print_number(double value, int digits) {
  const double magnitude = std::abs(value);
  if (magnitude < 1e6 || !std::isfinite(value)) return significant(value, digits);
  const int exponent = static_cast<int>(std::floor(std::log10(magnitude) / 3)) * 3;
  return significant(value / std::pow(10, exponent), digits) + "e" + std::to_string(exponent);
}

std::string print_temperature(double kelvin, int digits) {
  constexpr double zero = unit::freezing_point.si();
  const bool is_absolute = kelvin > 200;  // differences are smaller
  return is_absolute ? significant(kelvin - zero, digits) + " degC" : significant(kelvin, digits) + " K";
}

}  // namespace

std::optional<ParsedQuantity> parse_quantity(std::string_view text) {
  ParsedQuantity result;
  text = trimmed(text);
  if (!read_front(text, result.si) || !std::isfinite(result.si)) return std::nullopt;
  skip_spaces(text);
  if (text.empty()) return result;
  if (text == celsius) return ParsedQuantity{result.si + unit::freezing_point.si(), dimension::temperature};
  if (!read_units(text, result) || !std::isfinite(result.si)) return std::nullopt;
  return result;
}

std::string_view unknown_unit(std::string_view text) {
  ParsedQuantity ignored;
  text = trimmed(text);
  if (!read_front(text, ignored.si)) return {};
  skip_spaces(text);
  if (text.empty() || text == celsius || read_units(text, ignored)) return {};
  std::size_t length = 0;
  while (length < text.size() && is_letter(text[length])) ++length;
  return text.substr(0, length);
}

std::vector<std::string_view> unit_symbols() {
  std::vector<std::string_view> symbols{celsius};
  for (const auto& name : unit_names()) symbols.push_back(name.symbol);
  return symbols;
}

std::string si_unit(const Dimension& d) {
  const std::array<std::pair<std::string_view, int>, 8> factors{{{"m", d.length},
                                                                 {"s", d.time},
                                                                 {"J", d.energy},
                                                                 {"K", d.temperature},
                                                                 {"A", d.current},
                                                                 {"USD", d.money},
                                                                 {"bit", d.information},
                                                                 {"kgCO2", d.carbon}}};
  std::string text;
  for (const auto& [symbol, exponent] : factors) {
    if (exponent == 0) continue;
    if (!text.empty()) text += "*";
    text += symbol;
    if (exponent != 1) text += std::to_string(exponent);
  }
  return text;
}

std::string describe(const Dimension& dimension) {
  const auto* known = find_dimension(dimension);
  return known == nullptr ? "a quantity in " + si_unit(dimension) : std::string{known->name};
}

std::string example(const Dimension& dimension) {
  const auto* known = find_dimension(dimension);
  return known == nullptr ? "1 " + si_unit(dimension) : std::string{known->example};
}

std::string print_quantity(double si, const Dimension& dimension, int significant_digits) {
  if (dimension == dimension::temperature) return print_temperature(si, significant_digits);
  if (dimension == dimension::none) return print_number(si, significant_digits);
  const auto* known = find_dimension(dimension);
  if (known == nullptr) return joined(significant(si, significant_digits), si_unit(dimension));
  if (si == 0) return joined("0", known->print[known->print.size() / 2].text);
  return print_in(known->print, si, significant_digits);
}

}  // namespace marquetry
