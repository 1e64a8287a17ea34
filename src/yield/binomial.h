// How many of n like parts work, each with the same chance and none depending on another.
#pragma once

#include <vector>

namespace marquetry::yield {

// ln n!
double log_factorial(int n);

// P(j of n work), j = 0 ... n; p: that one works, q = 1 - p (given apart, as either may be tiny).
std::vector<double> binomial(int n, double p, double q);

// P(at least k of n work). Sums positive terms outward from the largest.
double at_least(int k, int n, double p, double q);

}  // namespace marquetry::yield
