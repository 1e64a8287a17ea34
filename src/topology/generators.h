// Named topologies as rows of a table: everything that a user may ask for by name. Whoever adds one adds a
// function and a row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "topology/graph.h"

namespace marquetry::topology {

// What a row may be asked for; 0: the row's own. One of: a number of dies, rows and columns, BookSim2's k and
// n.
struct Size {
  std::uint32_t routers{};  // dies; families that fill a grid or rings take the nearest shape
  std::uint32_t rows{}, columns{};
  std::uint32_t k{}, n{}, c{};  // radix, dimensions, nodes a router, in BookSim2's terms
  std::uint32_t inner{};        // hierarchical: rows and columns of the network inside each die
};

// Routers of one network, at most.
inline constexpr std::uint32_t most_routers = 1u << 16;

struct Generator {
  std::string_view name{}, summary{};
  // Nothing, and why, where the size does not fit (a torus of 2 rows, a hypercube of 12).
  std::optional<Graph> (*build)(const Size& size, std::string& why){};
};

std::span<const Generator> generators();
const Generator* find_generator(std::string_view name);

}  // namespace marquetry::topology
