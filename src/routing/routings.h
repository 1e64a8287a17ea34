// Routings as rows of a table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "routing/routing.h"

namespace marquetry::routing {

struct Row {
  std::string_view name{}, summary{};
  // Over that graph with that many virtual channels a port; nothing, and why, where it cannot be (dimension
  // order on a star, two phases on one virtual channel).
  std::optional<Routing> (*make)(const topology::Graph& graph, std::uint32_t vcs, std::string& why){};
};

std::span<const Row> rows();
const Row* find(std::string_view name);

// The row that does what BookSim2's routing function does on that topology of its ("dor" on "mesh", "min" on
// "anynet"); nothing where there is none.
const Row* find_booksim(std::string_view routing_function, std::string_view topology);

}  // namespace marquetry::routing
