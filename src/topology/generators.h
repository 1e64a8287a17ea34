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

// What a topology is made of, seen from a design.
enum class Joins : std::uint8_t {
  dies,      // as many routers as dies
  dies_hub,  // and a hub, the last router, which is a die of another type
  switches   // routers of their own: inside dies, or between them
};

struct Generator {
  std::string_view name{}, summary{}, source{};
  Joins joins{};
  // A routing (routing/routings.h) that is free of deadlock with so many virtual channels a port, at every
  // size that designs may have; its ways are shortest.
  std::string_view routing{};
  std::uint32_t virtual_channels{};
  // Nothing, and why, where the size does not fit (a hypercube of 12, a fat tree by dies).
  std::optional<Graph> (*build)(const Size& size, std::string& why){};
};

std::span<const Generator> generators();
const Generator* find_generator(std::string_view name);

}  // namespace marquetry::topology
