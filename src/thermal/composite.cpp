#include "thermal/composite.h"

#include <numbers>

namespace marquetry::thermal {

double area_fraction(double diameter, double pitch) {
  return std::numbers::pi / 4 * (diameter / pitch) * (diameter / pitch);
}

Material composite(const Material& matrix, const Material& inclusion, double fraction) {
  const auto mixed = [&](double m, double i) { return fraction * i + (1 - fraction) * m; };
  const auto lateral = [&](double m, double i) {
    return m * (i + m + fraction * (i - m)) / (i + m - fraction * (i - m));
  };
  const double of_matrix = (1 - fraction) * matrix.across, of_posts = fraction * inclusion.across;
  return {.name = matrix.name + " with " + inclusion.name,
          .along_x = lateral(matrix.along_x, inclusion.along_x),
          .along_y = lateral(matrix.along_y, inclusion.along_y),
          .across = mixed(matrix.across, inclusion.across),
          .capacity = mixed(matrix.capacity, inclusion.capacity),
          .exponent = of_matrix >= of_posts ? matrix.exponent : inclusion.exponent};
}

Material laminate(std::span<const Ply> plies) {
  Material out;
  double height = 0, resistance = 0;
  for (const auto& [thickness, m] : plies) {
    height += thickness;
    resistance += thickness / m.across;
    out.along_x += thickness * m.along_x;
    out.along_y += thickness * m.along_y;
    out.capacity += thickness * m.capacity;
  }
  if (height <= 0) return out;
  out.name = "laminate";
  out.along_x /= height;
  out.along_y /= height;
  out.capacity /= height;
  out.across = height / resistance;
  return out;
}

}  // namespace marquetry::thermal
