#include "yield/binomial.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marquetry::yield {
namespace {

double probability(int n, int j, double p, double q) {
  if (p <= 0) return j == 0 ? 1 : 0;
  if (q <= 0) return j == n ? 1 : 0;
  return std::exp(log_factorial(n) - log_factorial(j) - log_factorial(n - j) + j * std::log(p) +
                  (n - j) * std::log(q));
}

// The sum of terms from j on in steps of `step` while they count.
double side_sum(int n, double p, double q, int from, int end, int step, double term) {
  double sum = 0;
  for (int j = from; j != end; j += step) {
    term *= step > 0 ? (n - j + 1.0) / j * p / q : (j + 1.0) / (n - j) * q / p;
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return sum;
}

}  // namespace

// Stirling's series beyond 16 (Abramowitz & Stegun 6.1.40): std::lgamma writes a global.
double log_factorial(int n) {
  if (n < 16) {
    double product = 1;
    for (int i = 2; i <= n; ++i) product *= i;
    return std::log(product);
  }
  const double x = n;
  return x * std::log(x) - x + 0.5 * std::log(2 * std::numbers::pi * x) + 1 / (12 * x) -
         1 / (360 * x * x * x) + 1 / (1260 * x * x * x * x * x);
}

std::vector<double> binomial(int n, double p, double q) {
  std::vector<double> out;
  out.reserve(static_cast<std::size_t>(n) + 1);
  for (int j = 0; j <= n; ++j) out.push_back(probability(n, j, p, q));
  return out;
}

double at_least(int k, int n, double p, double q) {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (q <= 0) return 1;
  const int mode = std::clamp(static_cast<int>((n + 1) * p), k, n);
  const double peak = probability(n, mode, p, q);
  const double sum = peak + side_sum(n, p, q, mode + 1, n + 1, 1, peak) +
                     (mode > k ? side_sum(n, p, q, mode - 1, k - 1, -1, peak) : 0);
  return std::min(sum, 1.0);
}

}  // namespace marquetry::yield
