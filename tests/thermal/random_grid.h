// Grids of random conductances with package nodes, and their matrix, written out for dense oracles.
#pragma once

#include <Eigen/Dense>

#include "base/rng.h"
#include "conduction/field.h"

namespace marquetry::test {

inline conduction::Grid random_grid(Rng& rng, conduction::Shape shape, std::size_t hubs) {
  conduction::Grid grid{.shape = shape};
  const auto& [columns, rows, layers] = shape;
  const auto between = [&](double low, double high) { return low + (high - low) * rng.uniform(); };
  grid.right.resize(shape.cells());
  grid.up = grid.above = grid.ground = grid.right;
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const auto i = shape.cell(l, r, c);
        if (c + 1 < columns) grid.right[i] = between(0.1, 3);
        if (r + 1 < rows) grid.up[i] = between(0.1, 3);
        if (l + 1 < layers) grid.above[i] = between(0.1, 3);
        if (l + 1 == layers) grid.ground[i] = between(0.05, 0.3);
      }
  for (std::size_t h = 0; h < hubs; ++h) {
    grid.hubs.push_back({.name = "hub", .ground = between(0.1, 1)});
    for (std::size_t c = h; c < columns; c += hubs)
      grid.hubs[h].cells.push_back({shape.cell(layers - 1, 0, c), between(0.1, 1)});
    if (h > 0) grid.hub_links.push_back({h - 1, h, between(0.1, 1)});
  }
  return grid;
}

inline Eigen::VectorXd dense(const conduction::Field& field) {
  Eigen::VectorXd out(static_cast<Eigen::Index>(field.cells.size() + field.hubs.size()));
  Eigen::Index i = 0;
  for (const double x : field.cells) out[i++] = x;
  for (const double x : field.hubs) out[i++] = x;
  return out;
}

inline Eigen::MatrixXd dense(const conduction::Grid& grid) {
  const auto n = static_cast<Eigen::Index>(grid.shape.cells() + grid.hubs.size());
  Eigen::MatrixXd out = Eigen::MatrixXd::Zero(n, n);
  const auto tie = [&](std::size_t a, std::size_t b, double g) {
    const auto i = static_cast<Eigen::Index>(a), j = static_cast<Eigen::Index>(b);
    out(i, i) += g;
    out(j, j) += g;
    out(i, j) -= g;
    out(j, i) -= g;
  };
  const auto& shape = grid.shape;
  for (std::size_t i = 0; i < shape.cells(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    out(at, at) += grid.ground[i];
    if (grid.right[i] > 0) tie(i, i + 1, grid.right[i]);
    if (grid.up[i] > 0) tie(i, i + shape.columns, grid.up[i]);
    if (grid.above[i] > 0) tie(i, i + shape.plane(), grid.above[i]);
  }
  for (std::size_t h = 0; h < grid.hubs.size(); ++h) {
    const auto at = static_cast<Eigen::Index>(shape.cells() + h);
    out(at, at) += grid.hubs[h].ground;
    for (const auto& [cell, g] : grid.hubs[h].cells) tie(cell, shape.cells() + h, g);
  }
  for (const auto& [a, b, g] : grid.hub_links) tie(shape.cells() + a, shape.cells() + b, g);
  return out;
}

}  // namespace marquetry::test
