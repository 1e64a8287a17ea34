// What an operator takes, and what binds it.
#pragma once

#include <array>
#include <string_view>

namespace marquetry::operators {

enum class Bound { compute, memory, cache, network, overhead };
inline constexpr std::array<std::string_view, 5> bound_names{"compute", "memory", "cache", "network",
                                                             "overhead"};

// Seconds each. Parts that run at the same time overlap: total is at most their sum, at least the largest.
struct Cost {
  double compute{}, memory{}, cache{}, network{}, overhead{};
  double total{};
  Bound bound{};
  double flop{}, bytes{};  // done, and moved to or from memory
};

// The part that takes longest.
Bound largest_part(const Cost& cost);

}  // namespace marquetry::operators
