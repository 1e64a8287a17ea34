// What collectives reach on a routed graph: where the flows of their steps meet, and how far each has to go.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "routing/routing.h"

namespace marquetry::refine {

// Of an all-reduce among n: 2 (n - 1) (payload / n / bandwidth + step). Thakur, Rabenseifner, Gropp, Int. J.
// High Perform. Comput. Appl. 19(1), 2005, with the bandwidth that the loads of the schedule leave.
struct Schedule {
  std::string_view way{};
  double bandwidth{};  // flits a cycle out of each member
  double step{};       // cycles
};

// A ring through all members, in the order that makes its longest way round short, both ways at once where
// that carries more. Each step waits for the slowest hop.
struct Ring {
  std::vector<std::uint32_t> order{};  // nodes
  bool both_ways{};
  Schedule schedule{};
};
Ring ring(const topology::Graph& graph, const routing::Routing& routing,
          std::span<const std::uint32_t> members, std::span<const std::uint32_t> zero_load);

// Each member to each other at once: a reduce-scatter and an all-gather of one step each.
Schedule direct(const topology::Graph& graph, const routing::Routing& routing,
                std::span<const std::uint32_t> members, std::span<const std::uint32_t> zero_load);

// Flits a cycle at which that traffic, of one flit a cycle from each sender, fills the first channel.
double carried(const topology::Graph& graph, std::span<const double> loads);

}  // namespace marquetry::refine
