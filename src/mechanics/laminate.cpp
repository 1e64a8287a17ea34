#include "mechanics/laminate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace marquetry::mechanics {
namespace {

template <Number Real>
Real share(Extent extent, const Shares<Real>& shares) {
  switch (extent) {
    case Extent::package:
      return Real{1.0};
    case Extent::carrier:
      return shares.carrier;
    case Extent::dies:
      return shares.dies;
    case Extent::beside:
      break;
  }
  return larger(Real{0.0}, Real(shares.carrier - shares.dies));
}

// Of a part of a ply, for one metre of width: force for unit strain, E h / (1 - nu), and its expansion.
template <Number Real>
struct Pull {
  Real force{}, expansion{};
};
template <Number Real>
struct Pulls {
  Real thickness{}, force{};  // of all its parts
  std::vector<Pull<Real>> parts{};
};

// a b / whole, where the whole is the sum of a, b and others, none below 0.
template <Number Real>
Real shared(const Real& a, const Real& b, const Real& whole) {
  return a * b / whole;
}
// Rises with a and b, falls with the others: exact bounds.
Interval shared(const Interval& a, const Interval& b, const Interval& whole) {
  const auto of = [](double x, double y, double others) {
    return x > 0 && y > 0 ? x * y / (x + y + std::max(0.0, others)) : 0.0;
  };
  return widened({of(a.lower, b.lower, whole.upper - a.upper - b.upper),
                  of(a.upper, b.upper, whole.lower - a.lower - b.lower)});
}

}  // namespace

template <Number Real>
Real curvature(std::span<const Ply<Real>> plies, const Shares<Real>& shares, double change) {
  Real moment{0.0}, stiffness{0.0};
  std::vector<Pulls<Real>> group;
  group.reserve(plies.size());
  // Each group of layers that are glued to each other finds its own strain at which it pulls nowhere; all
  // have one curvature. Sums over pairs of layers and their distance, where no number is taken from another
  // that it nearly equals: rounding and bounds stay tight.
  const auto close = [&] {
    Real whole{0.0};
    for (const auto& ply : group) whole = whole + ply.force;
    whole = named("stiffness of the glued layers", whole);
    if (representative(whole) == 0) return group.clear();  // no layer whose stiffness is known
    for (std::size_t i = 0; i < group.size(); ++i) {
      const auto& low = group[i];
      Real between = 0.5 * low.thickness, bending = low.force * (low.thickness * low.thickness) / 12.0,
           pull{0.0};
      for (std::size_t j = i + 1; j < group.size(); ++j) {
        const auto& high = group[j];
        const Real apart = between + 0.5 * high.thickness;
        bending = bending + shared(low.force, high.force, whole) * (apart * apart);
        for (const auto& a : low.parts) {
          for (const auto& b : high.parts) {
            pull = pull + shared(a.force, b.force, whole) * ((b.expansion - a.expansion) * apart);
          }
        }
        between = between + high.thickness;
      }
      stiffness = stiffness + named("bending stiffness of a layer with those above", bending);
      moment = moment + named("pull of a layer on those above, per kelvin", pull);
    }
    group.clear();
  };
  for (const auto& ply : plies) {
    if (ply.slides) {
      close();
      continue;
    }
    Pulls<Real> q{.thickness = ply.thickness, .force = Real{0.0}};
    for (const auto& fill : ply.fills) {
      const Real force =
          named("stiffness of a layer's part",
                share(fill.extent, shares) * (fill.modulus * ply.thickness / (1.0 - fill.poisson)));
      q.force = q.force + force;
      q.parts.push_back({force, fill.expansion});
    }
    group.push_back(std::move(q));
  }
  close();
  if (representative(stiffness) == 0) return Real{0.0};
  // Strain e0 + z c, where c > 0 lifts the middle: forces a e0 + b c = n, moments b e0 + d c = m.
  return named("curvature of the layers", moment * change / stiffness);
}

template <Number Real>
Real warpage(const Real& curvature, const Real& area) {
  const Real zero{0.0}, other = zero - curvature;
  const Real size = larger(zero, select_less(curvature, zero, other, curvature));
  // |c| diagonal^2 / 8, and diagonal^2 is twice the area.
  return named("warpage", size * area / 4.0);
}

double largest_side(double curvature, double limit) {
  if (curvature == 0) return std::numeric_limits<double>::infinity();
  return std::sqrt(8 * limit / std::abs(curvature)) / std::numbers::sqrt2;
}

#define INSTANTIATE(Real)                                                           \
  template Real curvature(std::span<const Ply<Real>>, const Shares<Real>&, double); \
  template Real warpage(const Real&, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::mechanics
