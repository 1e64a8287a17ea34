#include "yield/models.h"

namespace marquetry::yield {

namespace {

template <Number Real>
Real gamma_mixed(const Real& x, const Real& shape) {
  using std::exp, std::log;
  if constexpr (std::is_same_v<Real, Interval>) {
    const auto y = [](double ad, double alpha) { return std::exp(-alpha * std::log1p(ad / alpha)); };
    return {y(x.upper, shape.upper), y(x.lower, shape.lower)};
  } else {
    return exp(-shape * log(1.0 + x / shape));
  }
}

}  // namespace

template <Number Real>
Real poisson(const Area<Real>& area, const Defects<Real>& d) {
  using std::exp;
  return exp(-area * d.density);
}

// Over intervals x stands twice: both factors fall in x, so the result is taken at the corners.
template <Number Real>
Real murphy(const Area<Real>& area, const Defects<Real>& d) {
  const Real x = larger(area * d.density, Real(1e-12));
  const Real mean = rise(x) / x;
  if constexpr (std::is_same_v<Real, Interval>) {
    return {square(rise(x.upper) / x.upper), square(rise(x.lower) / x.lower)};
  } else {
    return square(mean);
  }
}

template <Number Real>
Real seeds(const Area<Real>& area, const Defects<Real>& d) {
  return 1.0 / (1.0 + area * d.density);
}

// (1 + AD/alpha)^-alpha as exp(-alpha log(...)); falls in alpha too, which the intervals use.
template <Number Real>
Real negative_binomial(const Area<Real>& area, const Defects<Real>& d) {
  return gamma_mixed(Real(area * d.density), d.clustering);
}

// The density of the whole process is shared by its critical steps, so D/n falls on each.
template <Number Real>
Real bose_einstein(const Area<Real>& area, const Defects<Real>& d) {
  return gamma_mixed(Real(area * d.density), d.critical_steps);
}

#define INSTANTIATE(Real)                                               \
  template Real poisson(const Area<Real>&, const Defects<Real>&);       \
  template Real murphy(const Area<Real>&, const Defects<Real>&);        \
  template Real seeds(const Area<Real>&, const Defects<Real>&);         \
  template Real bose_einstein(const Area<Real>&, const Defects<Real>&); \
  template Real negative_binomial(const Area<Real>&, const Defects<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::yield
