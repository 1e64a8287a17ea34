// What each cell of a layer is made of in the physical model: the materials of its blocks, by area.
#pragma once

#include <span>

#include "thermal/assembly.h"

namespace marquetry::thermal {

// W/(m K) and J/(m3 K), by cell of the plane.
struct CellMaterials {
  std::vector<double> x{}, y{}, z{}, capacity{};

  CellMaterials(std::size_t cells, const Material& m)
      : x(cells, m.along_x), y(cells, m.along_y), z(cells, m.across), capacity(cells, m.capacity) {}
};

// Whether any of them does with the temperature, in this model.
bool conductivities_fall(const Stack& stack, const Settings& settings);

// Factor on a material's conductivities, which stand for 300 K.
double falling(const Material& material, double temperature);

// Whether all cells are of one material: no block has one of its own that differs, and none falls.
bool even(const Layer& layer, std::span<const double> temperatures);

// Area-weighted; what no block covers is the layer's own. temperatures: K, of the cells, where conductivities
// fall with them.
CellMaterials mixed(const Layer& layer, std::span<const Cover> covers, std::size_t cells,
                    std::span<const double> temperatures);

}  // namespace marquetry::thermal
