#include "yield/layers.h"

#include <cassert>

#include "yield/models.h"

namespace marquetry::yield {
namespace {

template <Number Real>
Real independent_yield(const Area<Real>& area, std::span<const Layer<Real>> layers) {
  Real product{1.0};
  for (const auto& layer : layers) {
    product =
        product * negative_binomial<Real>(layer.critical_ratio * area, {layer.density, layer.clustering});
  }
  return product;
}

// Layers of unequal alpha have no common gamma variable; their mean, weighted by what each adds, keeps the
// variance of the total where one layer dominates. Over intervals the hull of all alphas is taken, which
// encloses every weighting.
template <Number Real>
Real shared_yield(const Area<Real>& area, std::span<const Layer<Real>> layers) {
  Real sum{0.0}, weighted{0.0};
  for (const auto& layer : layers) {
    const Real defects = layer.critical_ratio * (layer.density * area);
    sum = sum + defects;
    weighted = weighted + defects * layer.clustering;
  }
  Real clustering = layers.front().clustering;
  if constexpr (std::is_same_v<Real, Interval>) {
    for (const auto& layer : layers) clustering = hull(clustering, layer.clustering);
  } else {
    // Without defects any alpha will do: the tiny term keeps the quotient whole.
    clustering = (weighted + 1e-300 * clustering) / (sum + 1e-300);
  }
  return negative_binomial<Real>(Area<Real>::from_si(1.0), {PerArea<Real>::from_si(sum), clustering});
}

}  // namespace

template <Number Real>
Real stack_yield(const Area<Real>& area, std::span<const Layer<Real>> layers, Fluctuation fluctuation,
                 const Real& systematic) {
  assert(!layers.empty() && "a stack without layers is refused where it is read");
  return systematic *
         (fluctuation == Fluctuation::shared ? shared_yield(area, layers) : independent_yield(area, layers));
}

#define INSTANTIATE(Real) \
  template Real stack_yield(const Area<Real>&, std::span<const Layer<Real>>, Fluctuation, const Real&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::yield
