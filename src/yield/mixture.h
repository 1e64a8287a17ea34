// The local density of defects as a sum over a few values of it.
#pragma once

#include "yield/models.h"
#include "yield/quadrature.h"

namespace marquetry::yield {

// A rule for E f(g), where f falls about as fast as exp(-defects g): that much is taken into the weight.
Rule mixture_rule(const Mixing& mixing, double defects);

}  // namespace marquetry::yield
