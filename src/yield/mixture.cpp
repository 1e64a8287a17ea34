#include "yield/mixture.h"

#include <cmath>

namespace marquetry::yield {
namespace {

// 48 nodes give E exp(-x g) to 1e-12 for every x / shape below 10.
constexpr int gamma_nodes = 48;
constexpr int triangle_nodes = 24;

// E f(g) = (1 + s/k)^-k E [exp(s g') f(g')], g' a gamma variable of the same shape and of mean k/(k + s):
// exact for any s, and best where f falls as exp(-s g).
Rule tilted_gamma(double shape, double s) {
  Rule rule = gamma_rule(shape, gamma_nodes);
  const double log_scale = -shape * std::log1p(s / shape);
  for (std::size_t i = 0; i < rule.at.size(); ++i) {
    rule.at[i] /= shape + s;
    rule.weight[i] *= std::exp(log_scale + s * rule.at[i]);
  }
  return rule;
}

// Density g on 0 ... 1 and 2 - g on 1 ... 2.
Rule triangle() {
  Rule rule;
  for (const double low : {0.0, 1.0}) {
    const Rule half = even_rule(low, low + 1, triangle_nodes);
    for (std::size_t i = 0; i < half.at.size(); ++i) {
      rule.at.push_back(half.at[i]);
      rule.weight.push_back(half.weight[i] * (low == 0 ? half.at[i] : 2 - half.at[i]));
    }
  }
  return rule;
}

}  // namespace

Rule mixture_rule(const Mixing& mixing, double defects) {
  switch (mixing.kind) {
    case Mixing::Kind::point:
      break;
    case Mixing::Kind::triangle:
      return triangle();
    case Mixing::Kind::gamma:
      return tilted_gamma(mixing.shape, defects);
  }
  return {{1.0}, {1.0}};
}

}  // namespace marquetry::yield
