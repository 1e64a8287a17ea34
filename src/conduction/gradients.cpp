#include "conduction/gradients.h"

#include <cmath>

#include "conduction/lanes.h"

namespace marquetry::conduction {

void residual(const Operator& a, const Vector& b, const Vector& x, Vector& out) {
  multiply(a, x, out);
  for (std::size_t i = a.first; i < a.first + a.nodes; ++i) out[i] = b[i] - out[i];
}

double sum(const Operator& a, const Vector& v) {
  const double* const x = v.data() + a.first;
  return lane_sum(a.nodes, [x](std::size_t i) { return x[i]; });
}

double largest(const Operator& a, const Vector& v) {
  const double* const x = v.data() + a.first;
  return lane_most(a.nodes, [x](std::size_t i) { return std::abs(x[i]); });
}

State descend(const Operator& a, Multigrid& inverse, const Vector& b, Vector& x, Gradients& work,
              const Pause& pause) {
  for (auto* v : {&work.residual, &work.preconditioned, &work.direction, &work.image}) v->resize(a.length);
  residual(a, b, x, work.residual);
  if (pause.residual_does && pause.residual_does(work.residual)) return State::solved;
  double *const r = work.residual.data() + a.first, *const z = work.preconditioned.data() + a.first,
                *const p = work.direction.data() + a.first, *const q = work.image.data() + a.first,
                *const to = x.data() + a.first;
  double before = 0, step = 0;  // r^T z of the step before, and its length
  for (int i = 0;; ++i) {
    inverse.apply(work.residual, work.preconditioned);
    const double now = lane_sum(a.nodes, [=](std::size_t k) { return r[k] * z[k]; });
    if (!std::isfinite(now)) return State::not_converged;
    // the step that is prepared is taken all the same
    const bool last = pause.estimate_does && pause.estimate_does(work.preconditioned);
    if (i >= pause.most_iterations) return State::not_converged;
    if (pause.stop && pause.stop->load(std::memory_order_relaxed)) return State::interrupted;
    if (i == 0) {
      for (std::size_t k = 0; k < a.nodes; ++k) p[k] = z[k];
    } else {
      // z^T (r - r before) / r^T z before, where r - r before = -step q
      const double beta = -step * lane_sum(a.nodes, [=](std::size_t k) { return z[k] * q[k]; }) / before;
      for (std::size_t k = 0; k < a.nodes; ++k) p[k] = z[k] + beta * p[k];
    }
    multiply(a, work.direction, work.image);
    const double curvature = lane_sum(a.nodes, [=](std::size_t k) { return p[k] * q[k]; });
    if (last && !(curvature > 0)) return State::solved;
    if (!std::isfinite(curvature) || now == 0) return State::not_converged;
    if (!(curvature > 0)) return State::indefinite;
    ++work.iterations;
    step = lane_sum(a.nodes, [=](std::size_t k) { return p[k] * r[k]; }) / curvature;
    before = now;
    for (std::size_t k = 0; k < a.nodes; ++k) {
      to[k] += step * p[k];
      r[k] -= step * q[k];
    }
    if (last || (pause.residual_does && pause.residual_does(work.residual))) return State::solved;
  }
}

}  // namespace marquetry::conduction
