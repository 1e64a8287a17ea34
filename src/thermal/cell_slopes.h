// How a figure J changes with the conductivity of every cell and with what lies between the cells, from its
// adjoint: dJ/dg = -(y_i - y_j)(T_i - T_j) for every conductance g, and the rule of each face.
#pragma once

#include <span>

#include "thermal/cells.h"

namespace marquetry::thermal {

struct CellSlopes {
  std::vector<double> x{}, y{}, z{};           // K per W/(m K), by cell of the grid
  std::vector<double> thickness{}, contact{};  // K/m and K per K m2/W, by layer of the grid
  double top_transfer{}, bottom_transfer{};    // K per W/(m2 K)
  double convection{};                         // K per K/W: through the sink's cells
};

// Layers as the grid has them: those of a stack, then spreader and sink.
std::vector<Layer> grid_layers(const Stack& stack);

// materials: by layer of the grid.
CellSlopes cell_slopes(const Stack& stack, const Assembled& assembled, std::span<const Layer> layers,
                       std::span<const CellMaterials> materials, const conduction::Field& rise,
                       const conduction::Field& adjoint);

// sum of dJ/dg g over the conductances of the package's nodes: a change of it is that of J.
double node_figure(const Stack& stack, const Assembled& assembled, const conduction::Field& rise,
                   const conduction::Field& adjoint);

}  // namespace marquetry::thermal
