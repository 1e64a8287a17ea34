// Legendre polynomials on [0, length], orthonormal, and what a package beyond the footprint changes on them.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "thermal/response.h"

namespace marquetry::thermal {

// P_0 .. P_(n-1) at t in [-1, 1], by Bonnet's recurrence.
template <std::size_t n>
std::array<double, n> legendre_at(double t) {
  std::array<double, n> p{1, t};
  for (std::size_t k = 2; k < n; ++k) {
    const double d = static_cast<double>(k);
    p[k] = ((2 * d - 1) * t * p[k - 1] - (d - 1) * p[k - 2]) / d;
  }
  return p;
}

// sqrt(2k + 1): what makes them orthonormal, on a length of 1.
inline constexpr std::array<double, 16> legendre_norms{1,
                                                       1.7320508075688772,
                                                       2.2360679774997897,
                                                       2.6457513110645906,
                                                       3,
                                                       3.3166247903554,
                                                       3.605551275463989,
                                                       3.872983346207417,
                                                       4.123105625617661,
                                                       4.358898943540674,
                                                       4.58257569495584,
                                                       4.795831523312719,
                                                       5,
                                                       5.196152422706632,
                                                       5.385164807134504,
                                                       5.5677643628300215};

template <std::size_t n>
std::array<double, n> legendre(double x, double length) {
  auto p = legendre_at<n>(2 * x / length - 1);
  const double scale = 1 / std::sqrt(length);
  for (std::size_t k = 0; k < n; ++k) p[k] *= scale * legendre_norms[k];
  return p;
}

// Means from low to high: (2k + 1) P_k = P'_(k+1) - P'_(k-1).
template <std::size_t n>
std::array<double, n> legendre_means(double low, double high, double length) {
  const double from = 2 * low / length - 1, to = 2 * high / length - 1;
  const auto a = legendre_at<n + 1>(from), b = legendre_at<n + 1>(to);
  const double scale = 1 / std::sqrt(length);
  std::array<double, n> out{scale};
  for (std::size_t k = 1; k < n; ++k) {
    const double rise = (b[k + 1] - a[k + 1]) - (b[k - 1] - a[k - 1]);
    out[k] = scale * rise / (legendre_norms[k] * (to - from));
  }
  return out;
}

// By mode of the source and of the answer (the first floor's): K of that polynomial for 1 W/m2 of the other,
// with the whole package less without what lies beyond the footprint. On a grid of cells x cells.
std::vector<double> package_modes(const layout::Section& section, const Uniform& uniform, double width,
                                  double height, std::size_t degrees, std::size_t cells);

}  // namespace marquetry::thermal
