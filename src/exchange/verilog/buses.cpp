#include "exchange/verilog/buses.h"

#include <charconv>

namespace marquetry::exchange {
namespace {

constexpr std::size_t widest_bus = 1 << 20;  // what tools take

}  // namespace

std::optional<Bit> bit_of(std::string_view name) {
  const auto open = name.rfind('[');
  if (open == std::string_view::npos || open == 0 || !name.ends_with(']')) return std::nullopt;
  const auto digits = name.substr(open + 1, name.size() - open - 2);
  std::size_t index = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
  if (index >= widest_bus || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  return Bit{name.substr(0, open), index};
}

Widths buses_of(const std::set<std::string, std::less<>>& names) {
  std::map<std::string_view, std::set<std::size_t>> bits;
  for (const auto& name : names) {
    if (const auto bit = bit_of(name)) bits[bit->bus].insert(bit->index);
  }
  Widths widths;
  for (const auto& [bus, indices] : bits) {
    if (indices.size() > 1 && *indices.rbegin() == indices.size() - 1 && !names.contains(bus))
      widths.emplace(bus, indices.size());
  }
  return widths;
}

}  // namespace marquetry::exchange
