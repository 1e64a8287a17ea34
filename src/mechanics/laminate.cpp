#include "mechanics/laminate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace marquetry::mechanics {
namespace {

// Of layers that are glued to each other: forces and moments for unit strain (a, b), unit curvature (b, d)
// and the change of temperature (n, m), with heights from the bottom of the stack.
struct Group {
  double a{}, b{}, d{}, n{}, m{};
};

// Stress for unit strain in both directions, E / (1 - nu), and for one kelvin without strain.
struct Stiffness {
  double strain{}, kelvin{};
};
Stiffness of(const Ply& ply) {
  Stiffness out;
  for (const auto& fill : ply.fills) {
    const double biaxial = fill.share * fill.modulus / (1 - fill.poisson);
    out.strain += biaxial;
    out.kelvin += biaxial * fill.expansion;
  }
  return out;
}

}  // namespace

double curvature(std::span<const Ply> plies, double change) {
  double moment = 0, stiffness = 0, low = 0;
  Group group;
  // Each group finds its own strain at which it pulls nowhere; all have one curvature.
  const auto close = [&] {
    if (group.a > 0) {
      moment += group.m - group.b * group.n / group.a;
      stiffness += group.d - group.b * group.b / group.a;
    }
    group = {};
  };
  for (const auto& ply : plies) {
    const double high = low + ply.thickness;
    const Stiffness q = of(ply);
    if (q.strain < slides_below) {
      close();
    } else {
      const double first = (high * high - low * low) / 2, second = (high * high * high - low * low * low) / 3;
      group.a += q.strain * ply.thickness;
      group.b += q.strain * first;
      group.d += q.strain * second;
      group.n += q.kelvin * change * ply.thickness;
      group.m += q.kelvin * change * first;
    }
    low = high;
  }
  close();
  // Strain e0 + z c, where c > 0 lifts the middle: forces a e0 + b c = n, moments b e0 + d c = m.
  return stiffness > 0 ? moment / stiffness : 0;
}

double warpage(double curvature, double diagonal) { return std::abs(curvature) * diagonal * diagonal / 8; }

double largest_side(double curvature, double limit) {
  if (curvature == 0) return std::numeric_limits<double>::infinity();
  return std::sqrt(8 * limit / std::abs(curvature)) / std::numbers::sqrt2;
}

}  // namespace marquetry::mechanics
