// Sums that stand for integrals: E f(g) = sum weight f(at). Every weight is positive.
#pragma once

#include <vector>

namespace marquetry::yield {

struct Rule {
  std::vector<double> at{}, weight{};
};

// Over a gamma variable of that shape and scale 1. Exact for polynomials of degree 2 count - 1.
Rule gamma_rule(double shape, int count);

// Over a variable even on low ... high: Gauss-Legendre.
Rule even_rule(double low, double high, int count);

// Over a normal variable of mean 0 and deviation 1: Gauss-Hermite.
Rule normal_rule(int count);

}  // namespace marquetry::yield
