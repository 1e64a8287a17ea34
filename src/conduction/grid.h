// Cells in layers that conduct to each other and to a common ground: heat (W, K, W/K; the ground is the
// ambient) or current (A, V, S; the ground is the supply). The unknown is the potential of each cell above
// ground. The matrix is symmetric, an M-matrix, and positive definite where anything reaches the ground.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace marquetry::conduction {

struct Shape {
  std::size_t columns{}, rows{}, layers{};

  friend constexpr bool operator==(const Shape&, const Shape&) = default;
  constexpr std::size_t plane() const { return columns * rows; }
  constexpr std::size_t cells() const { return plane() * layers; }
  // Layer 0 is the bottom one, row 0 that of the least y, column 0 that of the least x.
  constexpr std::size_t cell(std::size_t layer, std::size_t row, std::size_t column) const {
    return (layer * rows + row) * columns + column;
  }
};

// A lumped node beside the grid: a part of the package that is larger than the footprint.
struct Hub {
  struct Tie {
    std::size_t cell{};
    double conductance{};
  };
  std::string name{};
  double ground{};           // its conductance to ground
  std::vector<Tie> cells{};  // each cell once
};

struct HubLink {
  std::size_t a{}, b{};
  double conductance{};
};

// Conductances by cell, 0 or more; 0 where there is no neighbour.
struct Grid {
  Shape shape{};
  std::vector<double> right{};   // to the next column
  std::vector<double> up{};      // to the next row
  std::vector<double> above{};   // to the next layer
  std::vector<double> ground{};  // to ground
  std::vector<Hub> hubs{};
  std::vector<HubLink> hub_links{};
};

// One number of each node: potentials, sources, capacities.
struct Field {
  std::vector<double> cells{}, hubs{};
};

}  // namespace marquetry::conduction
