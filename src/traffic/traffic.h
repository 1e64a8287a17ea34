// Who sends to whom: patterns by name, weights for any other. Rates are relative: a simulation or a bound
// scales them by the offered load in flits a node and cycle.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace marquetry::traffic {

enum class Kind : std::uint8_t {
  uniform,      // to any node, itself included or not: `includes_self`
  permutation,  // each node to one other: transpose, bit complement, neighbour, given ones
  hotspot,      // all to one of the listed nodes
  matrix        // as the weights say
};

struct Traffic {
  std::string name{"uniform"};
  Kind kind{};
  std::uint32_t nodes{};
  bool includes_self{};  // uniform: a node may draw itself, as BookSim2 does
  std::vector<std::uint32_t>
      target{};  // permutation: by source; itself: it sends nothing unless includes_self
  std::vector<std::uint32_t> spots{};  // hotspot
  std::vector<double> weights{};       // matrix: [source * nodes + destination], flits a cycle at load 1
};

// By source * nodes + destination, flits a cycle at an offered load of 1: rows add up to 1 for nodes that
// send in a pattern, and to what they are in a matrix.
std::vector<double> matrix(const Traffic& traffic);

}  // namespace marquetry::traffic
