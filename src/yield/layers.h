// Yield of a die whose process is a stack of layers, each with its own defects and its own share of the area
// that a defect can kill. Bare areas in, one probability out.
#pragma once

#include <span>

#include "number/numbers.h"
#include "units/units.h"

namespace marquetry::yield {

// One process layer (or one step of a flow): its defects fall on `critical_ratio` of the die's area.
template <Number Real>
struct Layer {
  PerArea<Real> density{};
  Real critical_ratio{1.0};
  Real clustering{3.0};
};

// Whether the layers of a die see the same local fluctuation.
enum class Fluctuation {
  independent,  // each layer its own: the product of the layers' yields
  shared,       // one for the whole die: (1 + sum D A / alpha)^-alpha, alpha the mean, weighted by D A
};

// layers: at least one. systematic: what is lost whatever the area (typed and sourced), 1 where nothing is.
// Stapper, IBM J. Res. Dev. 27, 1983: negative binomial of each layer and of their sum.
template <Number Real>
Real stack_yield(const Area<Real>& area, std::span<const Layer<Real>> layers, Fluctuation fluctuation,
                 const Real& systematic);

}  // namespace marquetry::yield
