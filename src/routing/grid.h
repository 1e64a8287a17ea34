// Routers with coordinates and the links to their neighbours in each dimension: what dimension order goes by.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "topology/graph.h"

namespace marquetry::routing {

// Directions: 2 i up in dimension i, 2 i + 1 down.
struct Grid {
  std::uint32_t dimensions{};
  bool wraps{};
  std::vector<std::uint32_t> extent{};  // by dimension
  std::vector<std::uint32_t> at{};      // coordinates, by router * dimensions + dimension
  std::vector<std::uint32_t> port{};    // by router * 2 dimensions + direction; none: an edge
};

// From the shape of a mesh, torus or concentrated mesh, or from the routers' places where they fill a
// rectangle and neighbours are linked. Nothing, and why, where there is no such grid.
std::optional<Grid> grid(const topology::Graph& graph, std::string& why);

// The same as words for Routing::data, and back without allocation.
std::vector<std::uint32_t> words(const Grid& grid);

class GridView {
 public:
  explicit GridView(std::span<const std::uint32_t> words);
  std::uint32_t dimensions() const { return dimensions_; }
  std::uint32_t extent(std::uint32_t dimension) const { return extent_[dimension]; }
  std::uint32_t at(std::uint32_t router, std::uint32_t dimension) const {
    return at_[router * dimensions_ + dimension];
  }
  std::uint32_t port(std::uint32_t router, std::uint32_t direction) const {
    return port_[router * 2 * dimensions_ + direction];
  }

 private:
  std::uint32_t dimensions_{};
  const std::uint32_t *extent_{}, *at_{}, *port_{};
};

}  // namespace marquetry::routing
