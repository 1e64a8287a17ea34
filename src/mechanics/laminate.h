// A stack of layers that were joined while hot and have cooled: how it bends. Classical laminate theory of
// thin plates, equal in both directions. SI, over the models' number type. Equations, sources and checks:
// docs/warpage.md.
#pragma once

#include <span>
#include <vector>

#include "number/numbers.h"

namespace marquetry::mechanics {

// Of the package's area, what a part of a layer covers. beside: what the carrier leaves round the dies.
enum class Extent { package, carrier, dies, beside };

// Of the package's area.
template <Number Real>
struct Shares {
  Real carrier{1.0}, dies{1.0};
};

// What takes up a part of a layer; several share a layer side by side.
template <Number Real>
struct Fill {
  Extent extent{};
  Real modulus{}, poisson{}, expansion{};  // Pa, 1, 1/K
};

template <Number Real>
struct Ply {
  Real thickness{};
  std::vector<Fill<Real>> fills{};
  bool slides{};  // carries no shear: what lies above slides on what lies below, and only bends with it
};

// Layers of a stiffer material do not slide. Gels and greases have less than 10 MPa, polymers more than 1000.
inline constexpr double slides_below = 50e6;  // Pa

// 1/m after the temperature has changed by that much since nothing was under stress; above 0: the middle
// stands higher than the rim. Bottom ply first.
template <Number Real>
Real curvature(std::span<const Ply<Real>> plies, const Shares<Real>& shares, double change);

// Of a square plate of that area, from its middle to its corners; never below 0.
template <Number Real>
Real warpage(const Real& curvature, const Real& area);

// The side of the largest square that stays within that warpage; infinite for one that does not bend.
double largest_side(double curvature, double warpage);

}  // namespace marquetry::mechanics
