// How much of a LEF or DEF is read: far beyond any package, and within a machine's memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace marquetry::exchange {

inline constexpr std::size_t most_bytes = 512'000'000;  // of a file
inline constexpr std::size_t most_layers = 1000;
inline constexpr std::size_t most_macros = 100'000;
inline constexpr std::size_t most_pins = 5'000'000;
inline constexpr std::size_t most_corners = 10'000;  // of a shape
inline constexpr std::size_t most_components = 5'000'000;
inline constexpr std::size_t most_nets = 5'000'000;
inline constexpr std::size_t most_net_pins = 20'000'000;
inline constexpr std::size_t most_points = 20'000'000;       // of wires
inline constexpr std::int64_t farthest = 1'000'000'000'000;  // a coordinate of DEF

}  // namespace marquetry::exchange
