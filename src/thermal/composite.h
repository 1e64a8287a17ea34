// Two materials, or a pile of layers, as one that conducts as they do together.
#pragma once

#include <span>

#include "layout/section.h"

namespace marquetry::thermal {

using layout::Material;

// Round posts of `inclusion` stand across a layer of `matrix` and take `fraction` of its area. Across the
// layer both conduct side by side, f k_i + (1 - f) k_m; along it as cylinders do, k_m (k_i + k_m + f (k_i -
// k_m)) / (k_i + k_m - f (k_i - k_m)) (Maxwell-Garnett in two dimensions: Hasselman & Johnson, J. Compos.
// Mater. 21, 1987, eq. 14, without resistance at the faces). The exponent is that of what conducts more.
Material composite(const Material& matrix, const Material& inclusion, double fraction);

// Of round posts in a square array.
double area_fraction(double diameter, double pitch);

// Layers on each other as one of their height: across it in a row, along it side by side.
struct Ply {
  double thickness{};
  Material material{};
};
Material laminate(std::span<const Ply> plies);

}  // namespace marquetry::thermal
