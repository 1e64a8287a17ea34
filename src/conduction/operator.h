// The matrix of a grid in flat arrays: cells in their order, then hubs, zeros before and behind, so that the
// neighbours of the first and last cells need no test.
#pragma once

#include <vector>

#include "conduction/grid.h"

namespace marquetry::conduction {

struct Operator {
  struct Tie {
    std::size_t cell{}, hub{};  // both are places in a vector
    double conductance{};
  };

  Shape shape{};
  std::size_t hubs{};
  std::size_t first{};   // place of cell 0
  std::size_t nodes{};   // cells and hubs, rounded up to whole lanes
  std::size_t length{};  // of a vector
  std::vector<double> right{}, up{}, above{};
  std::vector<double> drain{};       // to ground, and what stands on the diagonal beside
  std::vector<double> diagonal{};    // of the matrix
  std::vector<Tie> ties{};           // cells to hubs
  std::vector<Tie> links{};          // hubs to hubs
  std::vector<std::size_t> terms{};  // of the sum that is a hub's balance, by hub
  bool usable{};                     // all numbers finite, no conductance below 0
  bool connected{};                  // every node reaches the ground

  std::size_t hub(std::size_t h) const { return first + shape.cells() + h; }
};

// In place of what was there.
void make_operator(const Grid& grid, const Field& diagonal, Operator& out);

using Vector = std::vector<double>;
void pack(const Operator& matrix, const Field& field, Vector& vector);
void unpack(const Operator& matrix, const Vector& vector, Field& field);

// y = A x
void multiply(const Operator& matrix, const Vector& x, Vector& y);

// Cells that lie alone or in groups with no way to the ground make the matrix singular.
bool all_grounded(const Operator& matrix);

}  // namespace marquetry::conduction
