// Die yield from defect density and area. Every model is one function and one row of the table.
//
// Each is a mixture: defects are Poisson about a local density, which varies from die to die by a factor g of
// mean 1, so that a yield is E exp(-g A D). A row says how g is distributed, for what needs more than a yield
// (harvested dies, several layers, several dies under one fluctuation).
#pragma once

#include <array>
#include <string_view>

#include "number/numbers.h"
#include "units/units.h"

namespace marquetry::yield {

template <Number Real>
struct Defects {
  PerArea<Real> density{};
  Real clustering{3.0};       // alpha of the negative binomial; large is close to Poisson
  Real critical_steps{20.0};  // n of Bose-Einstein: masking steps that share the density evenly
};

template <Number Real>
using Function = Real (*)(const Area<Real>&, const Defects<Real>&);

template <Number Real>
Real poisson(const Area<Real>& area, const Defects<Real>& d);
template <Number Real>
Real murphy(const Area<Real>& area, const Defects<Real>& d);
template <Number Real>
Real seeds(const Area<Real>& area, const Defects<Real>& d);
template <Number Real>
Real negative_binomial(const Area<Real>& area, const Defects<Real>& d);
template <Number Real>
Real bose_einstein(const Area<Real>& area, const Defects<Real>& d);

// The distribution of g.
struct Mixing {
  enum class Kind {
    point,     // 1 always
    triangle,  // on 0 ... 2
    gamma,     // of that shape, mean 1
  };
  Kind kind{Kind::point};
  double shape{};
};

struct Model {
  std::string_view name;     // as written in a design file
  std::string_view summary;  // as shown by help and reports
  std::string_view source;
  Function<double> value;
  Function<Interval> interval;
  Function<Dual> dual;
  Function<Trace> trace;
  Mixing (*mixing)(double clustering, double critical_steps);

  template <Number Real>
  constexpr Function<Real> function() const {
    if constexpr (std::is_same_v<Real, double>) return value;
    if constexpr (std::is_same_v<Real, Interval>) return interval;
    if constexpr (std::is_same_v<Real, Dual>) return dual;
    if constexpr (std::is_same_v<Real, Trace>) return trace;
  }
};

// Adding a model: write the function, add its row. Loader, help, reports and the property tests read this
// table.
inline constexpr std::array models{
    Model{"poisson", "independent defects, exp(-AD)", "Hofstein & Heiman, Proc. IEEE 51, 1963", poisson,
          poisson, poisson, poisson, [](double, double) { return Mixing{}; }},
    Model{"murphy", "triangular defect density, ((1-exp(-AD))/AD)^2", "Murphy, Proc. IEEE 52, 1964", murphy,
          murphy, murphy, murphy, [](double, double) { return Mixing{Mixing::Kind::triangle}; }},
    Model{"seeds", "exponential defect density, 1/(1+AD)", "Seeds, IEEE Int. Conv. Rec. 15, 1967", seeds,
          seeds, seeds, seeds,
          [](double, double) {
            return Mixing{Mixing::Kind::gamma, 1};
          }},
    Model{"bose-einstein", "n critical steps, each exponential, (1+AD/n)^-n", "Price, Proc. IEEE 58, 1970",
          bose_einstein, bose_einstein, bose_einstein, bose_einstein,
          [](double, double steps) {
            return Mixing{Mixing::Kind::gamma, steps};
          }},
    Model{"negative-binomial", "clustered defects, (1+AD/alpha)^-alpha", "Stapper, IBM J. Res. Dev. 27, 1983",
          negative_binomial, negative_binomial, negative_binomial, negative_binomial,
          [](double clustering, double) {
            return Mixing{Mixing::Kind::gamma, clustering};
          }},
};

constexpr const Model* find(std::string_view name) {
  for (const auto& model : models) {
    if (model.name == name) return &model;
  }
  return nullptr;
}

}  // namespace marquetry::yield
