// Grids drawn at random, and their matrix for a solver that shares nothing with ours.
#pragma once

#include <Eigen/Sparse>
#include <cmath>
#include <vector>

#include "base/rng.h"
#include "conduction/grid.h"

namespace marquetry::test {

// Conductances over `decades` powers of ten, different in each direction and layer; hubs at some cells.
inline conduction::Grid random_grid(const conduction::Shape& shape, std::size_t hubs, double decades,
                                    Rng& rng) {
  conduction::Grid grid{.shape = shape};
  const auto draw = [&](double scale) { return scale * std::pow(10.0, decades * (rng.uniform() - 0.5)); };
  const auto count = shape.cells();
  for (auto* v : {&grid.right, &grid.up, &grid.above, &grid.ground}) v->assign(count, 0.0);
  for (std::size_t l = 0; l < shape.layers; ++l) {
    const double x = draw(1), y = draw(1), z = draw(1);
    for (std::size_t r = 0; r < shape.rows; ++r)
      for (std::size_t c = 0; c < shape.columns; ++c) {
        const auto i = shape.cell(l, r, c);
        if (c + 1 < shape.columns) grid.right[i] = draw(x);
        if (r + 1 < shape.rows) grid.up[i] = draw(y);
        if (l + 1 < shape.layers) grid.above[i] = draw(z);
        if (l + 1 == shape.layers || rng.below(50) == 0) grid.ground[i] = draw(0.05);
      }
  }
  for (std::size_t h = 0; h < hubs; ++h) {
    conduction::Hub hub{.name = "hub", .ground = h % 2 == 0 ? draw(1) : 0.0};
    for (std::size_t i = h; i < count; i += 3 + 5 * h) hub.cells.push_back({i, draw(0.3)});
    grid.hubs.push_back(hub);
    if (h > 0) grid.hub_links.push_back({h - 1, h, draw(2)});
  }
  return grid;
}

using Sparse = Eigen::SparseMatrix<double>;

inline Sparse matrix_of(const conduction::Grid& grid, const conduction::Field& diagonal = {}) {
  const auto cells = grid.shape.cells(), n = cells + grid.hubs.size();
  std::vector<Eigen::Triplet<double>> entries;
  const auto put = [&](std::size_t i, std::size_t j, double v) {
    entries.emplace_back(static_cast<int>(i), static_cast<int>(j), v);
  };
  const auto join = [&](std::size_t i, std::size_t j, double g) {
    put(i, i, g);
    put(j, j, g);
    put(i, j, -g);
    put(j, i, -g);
  };
  for (std::size_t i = 0; i < cells; ++i) {
    put(i, i, grid.ground[i] + (diagonal.cells.empty() ? 0.0 : diagonal.cells[i]));
    const auto column = i % grid.shape.columns, row = i / grid.shape.columns % grid.shape.rows;
    if (column + 1 < grid.shape.columns) join(i, i + 1, grid.right[i]);
    if (row + 1 < grid.shape.rows) join(i, i + grid.shape.columns, grid.up[i]);
    if (i + grid.shape.plane() < cells) join(i, i + grid.shape.plane(), grid.above[i]);
  }
  for (std::size_t h = 0; h < grid.hubs.size(); ++h) {
    put(cells + h, cells + h, grid.hubs[h].ground + (diagonal.hubs.empty() ? 0.0 : diagonal.hubs[h]));
    for (const auto& [cell, g] : grid.hubs[h].cells) join(cell, cells + h, g);
  }
  for (const auto& [a, b, g] : grid.hub_links) join(cells + a, cells + b, g);
  Sparse out(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
  out.setFromTriplets(entries.begin(), entries.end());
  return out;
}

inline Eigen::VectorXd flat(const conduction::Field& field) {
  Eigen::VectorXd out(static_cast<Eigen::Index>(field.cells.size() + field.hubs.size()));
  Eigen::Index i = 0;
  for (const auto* v : {&field.cells, &field.hubs})
    for (const double x : *v) out[i++] = x;
  return out;
}

// By Cholesky's factors of the sparse matrix.
inline Eigen::VectorXd direct_answer(const Sparse& matrix, const conduction::Field& source) {
  return Eigen::SimplicialLDLT<Sparse>(matrix).solve(flat(source));
}

inline conduction::Field random_source(const conduction::Grid& grid, Rng& rng) {
  conduction::Field out{std::vector<double>(grid.shape.cells()), std::vector<double>(grid.hubs.size())};
  for (auto& x : out.cells) x = rng.below(3) == 0 ? rng.uniform() : 0;
  for (auto& x : out.hubs) x = rng.uniform() - 0.5;
  return out;
}

inline double largest_difference(const conduction::Field& a, const Eigen::VectorXd& b) {
  return (flat(a) - b).cwiseAbs().maxCoeff();
}

}  // namespace marquetry::test
