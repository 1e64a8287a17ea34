#include "conduction/solver.h"

namespace marquetry::conduction {

Field applied(const Grid& grid, const Field& diagonal, const Field& potential) {
  const auto& [columns, rows, layers] = grid.shape;
  Field out{std::vector<double>(grid.shape.cells()), std::vector<double>(grid.hubs.size())};
  const auto& x = potential.cells;
  auto& y = out.cells;
  const auto flow = [&](std::size_t a, std::size_t b, double conductance) {
    const double through = conductance * (x[a] - x[b]);
    y[a] += through;
    y[b] -= through;
  };
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const auto i = grid.shape.cell(l, r, c);
        y[i] += grid.ground[i] * x[i];
        if (!diagonal.cells.empty()) y[i] += diagonal.cells[i] * x[i];
        if (c + 1 < columns) flow(i, i + 1, grid.right[i]);
        if (r + 1 < rows) flow(i, i + columns, grid.up[i]);
        if (l + 1 < layers) flow(i, i + grid.shape.plane(), grid.above[i]);
      }
  for (std::size_t h = 0; h < grid.hubs.size(); ++h) {
    out.hubs[h] += grid.hubs[h].ground * potential.hubs[h];
    if (!diagonal.hubs.empty()) out.hubs[h] += diagonal.hubs[h] * potential.hubs[h];
    for (const auto& [cell, conductance] : grid.hubs[h].cells) {
      const double through = conductance * (x[cell] - potential.hubs[h]);
      y[cell] += through;
      out.hubs[h] -= through;
    }
  }
  for (const auto& [a, b, conductance] : grid.hub_links) {
    const double through = conductance * (potential.hubs[a] - potential.hubs[b]);
    out.hubs[a] += through;
    out.hubs[b] -= through;
  }
  return out;
}

}  // namespace marquetry::conduction
