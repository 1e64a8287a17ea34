// Single wires that are the bits of a bus: d[0] to d[n-1], without a gap and without a wire d beside them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace marquetry::exchange {

struct Bit {
  std::string_view bus{};
  std::size_t index{};
};

// "d[3]" as bit 3 of d; nothing where a name is not so written, or has a leading zero.
std::optional<Bit> bit_of(std::string_view name);

// Each bus that can be folded, with its width: two bits or more.
using Widths = std::map<std::string, std::size_t, std::less<>>;
Widths buses_of(const std::set<std::string, std::less<>>& names);

}  // namespace marquetry::exchange
