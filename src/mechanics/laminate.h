// A stack of layers that were joined while hot and have cooled: how it bends. Classical laminate theory of
// thin plates, equal in both directions. Plain numbers in SI. Equations, sources and checks: docs/warpage.md.
#pragma once

#include <span>
#include <vector>

namespace marquetry::mechanics {

// What takes up a part of a layer; several share a layer side by side.
struct Fill {
  double share{1};                           // of the layer's area
  double modulus{}, poisson{}, expansion{};  // Pa, 1, 1/K
};

struct Ply {
  double thickness{};
  std::vector<Fill> fills{};
};

// Softer than that carries no shear: what lies above slides on what lies below, and only bends with it.
inline constexpr double slides_below =
    50e6;  // Pa; gels and greases have less than 10, polymers more than 1000

// 1/m after the temperature has changed by that much since nothing was under stress; above 0: the middle
// stands higher than the rim. Bottom ply first.
double curvature(std::span<const Ply> plies, double change);

// Of a plate of that diagonal, from its middle to its corners.
double warpage(double curvature, double diagonal);

// The side of the largest square that stays within that warpage; infinite for one that does not bend.
double largest_side(double curvature, double warpage);

}  // namespace marquetry::mechanics
