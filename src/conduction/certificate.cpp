#include "conduction/certificate.h"

#include <algorithm>
#include <cmath>

#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

// Roundings of a node's balance, of the sum of |terms|, which is at most twice diagonal x largest: a few
// products and sums in a cell, more in a hub.
double rounding(const Operator& a, std::size_t i) {
  const std::size_t cells = a.shape.cells();
  return i < cells || i >= cells + a.hubs ? 8e-15 : 8e-15 + 4e-16 * static_cast<double>(a.terms[i - cells]);
}

bool holds(const Operator& a, Certificate& c) {
  c.proved = false;
  const std::size_t count = a.shape.cells() + a.hubs;
  const double *const w = c.witness.data() + a.first, *const inverse = c.inverse.data() + a.first;
  double least = count > 0 ? w[0] : 0, most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    least = w[i] < least ? w[i] : least;
    most = w[i] > most ? w[i] : most;
  }
  if (!(least > 0) || !std::isfinite(most)) return false;
  multiply(a, c.witness, c.image);
  const double* const image = c.image.data() + a.first;
  const double* const diagonal = a.diagonal.data() + a.first;
  double lacking = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double d = 1 - (image[i] - std::abs(diagonal[i]) * rounding(a, i) * most) * inverse[i];
    if (!(d < 1)) return false;
    lacking = d > lacking ? d : lacking;
  }
  c.factor = most / (1 - lacking);
  c.proved = std::isfinite(c.factor);
  return c.proved && lacking <= slack;
}

}  // namespace

void certify(const Operator& a, Multigrid& inverse, Certificate& c, Gradients& work, const Pause& pause) {
  c.state = State::solved;
  if (c.witness.size() != a.length) {
    c.witness.assign(a.length, 0.0);
    c.image.assign(a.length, 0.0);
    c.inverse.assign(a.length, 0.0);
    for (std::size_t i = 0; i < a.shape.cells(); ++i) c.inverse[a.first + i] = 1;
    // a hub's residual is a sum of many
    for (std::size_t h = 0; h < a.hubs; ++h)
      c.inverse[a.hub(h)] = 1 / static_cast<double>(std::max<std::size_t>(a.terms[h], 1));
  } else if (holds(a, c)) {
    return;
  }
  Vector v(a.length);
  for (std::size_t i = 0; i < a.shape.cells() + a.hubs; ++i) v[a.first + i] = 1 / c.inverse[a.first + i];
  c.state = descend(a, inverse, v, c.witness, work,
                    {.most_iterations = pause.most_iterations,
                     .stop = pause.stop,
                     .residual_does = [&](const Vector& r) { return measure(a, c, r) <= 0.8 * slack; }});
  holds(a, c);
}

double measure(const Operator& a, const Certificate& c, const Vector& residual) {
  const double *const r = residual.data() + a.first, *const inverse = c.inverse.data() + a.first;
  return lane_most(a.nodes, [=](std::size_t i) { return std::abs(r[i]) * inverse[i]; });
}

double hidden(const Operator& a, const Certificate& c, const Vector& b, const Vector& x) {
  const double most = largest(a, x);
  const double *const d = a.diagonal.data() + a.first, *const inverse = c.inverse.data() + a.first,
                      *const source = b.data() + a.first;
  return lane_most(a.nodes, [=](std::size_t i) {
    return (std::abs(d[i]) * rounding(a, i) * most + 4e-16 * std::abs(source[i])) * inverse[i];
  });
}

}  // namespace marquetry::conduction
