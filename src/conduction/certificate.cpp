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

// The shape that a residual is likely to have, as measured: it grows with the square root of what a node
// conducts beside and to hubs. The better v resembles it, the closer is the bound.
Vector likely_residual(const Operator& a) {
  const std::size_t columns = a.shape.columns, cells = a.shape.cells();
  Vector out(a.length);
  double* const beside = out.data();
  const double *const right = a.right.data(), *const up = a.up.data();
  for (std::size_t i = a.first; i < a.first + cells; ++i)
    beside[i] = right[i] + right[i - 1] + up[i] + up[i - columns];
  for (const auto& [cell, hub, g] : a.ties) beside[cell] += g;
  for (std::size_t h = 0; h < a.hubs; ++h)
    beside[a.hub(h)] =
        std::abs(a.diagonal[a.hub(h)]) * static_cast<double>(std::max<std::size_t>(a.terms[h], 1));
  const double least = 1e-5 * largest(a, a.diagonal);
  for (std::size_t i = a.first; i < a.first + cells + a.hubs; ++i) out[i] = std::sqrt(out[i] + least);
  return out;
}

}  // namespace

bool check(const Operator& a, Certificate& c) {
  c.proved = false;
  c.image.resize(a.length);
  c.inverse.resize(a.length);
  const std::size_t count = a.shape.cells() + a.hubs;
  const double* const w = c.witness.data() + a.first;
  double least = count > 0 ? w[0] : 0, most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    least = w[i] < least ? w[i] : least;
    most = w[i] > most ? w[i] : most;
  }
  if (!(least > 0) || !std::isfinite(most)) return false;
  multiply(a, c.witness, c.image);
  const double *const image = c.image.data() + a.first, *const diagonal = a.diagonal.data() + a.first;
  double* const inverse = c.inverse.data() + a.first;
  bool positive = true;
  for (std::size_t i = 0; i < count; ++i) {
    const double v = image[i] - std::abs(diagonal[i]) * rounding(a, i) * most;
    positive &= v > 0;
    inverse[i] = 1 / v;
  }
  c.factor = most;
  c.proved = positive;
  return positive;
}

void certify(const Operator& a, Multigrid& inverse, Certificate& c, Gradients& work, const Pause& pause) {
  c.state = State::solved;
  if (c.witness.size() != a.length) {
    c.witness.assign(a.length, 0.0);
  } else if (check(a, c)) {
    return;
  }
  const Vector wanted_image = likely_residual(a);
  const auto half_met = [&](const Vector& r) {
    const double *const left = r.data() + a.first, *const wanted = wanted_image.data() + a.first;
    return lane_most(a.nodes, [=](std::size_t i) { return left[i] - 0.5 * wanted[i]; }) <= 0;
  };
  c.state =
      descend(a, inverse, wanted_image, c.witness, work,
              {.most_iterations = pause.most_iterations, .stop = pause.stop, .residual_does = half_met});
  check(a, c);
}

double measure(const Operator& a, const Certificate& c, const Vector& residual) {
  const double *const r = residual.data() + a.first, *const inverse = c.inverse.data() + a.first;
  return lane_most(a.nodes, [=](std::size_t i) { return std::abs(r[i]) * inverse[i]; });
}

double hidden(const Operator& a, const Certificate& c, const Vector& b, const Vector& x) {
  const double most = largest(a, x);
  const double *const d = a.diagonal.data() + a.first, *const source = b.data() + a.first;
  const std::size_t cells = a.shape.cells();
  const double* const inverse = c.inverse.data() + a.first;
  const auto share = [=](double units) {
    return [=](std::size_t i) {
      return (std::abs(d[i]) * (units * most) + 4e-16 * std::abs(source[i])) * inverse[i];
    };
  };
  double out = lane_most(a.nodes, share(rounding(a, 0)));
  for (std::size_t h = cells; h < cells + a.hubs; ++h) out = std::max(out, share(rounding(a, h))(h));
  return out;
}

}  // namespace marquetry::conduction
