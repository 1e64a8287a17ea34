// Conjugate gradients with a multigrid cycle as preconditioner.
#pragma once

#include <atomic>
#include <functional>

#include "conduction/multigrid.h"
#include "conduction/solver.h"

namespace marquetry::conduction {

struct Gradients {
  Vector residual{};        // b - A x as carried along
  Vector preconditioned{};  // of the residual before the last step
  Vector direction{}, image{};
  int iterations{};  // all told
};

struct Pause {
  int most_iterations{};
  const std::atomic<bool>* stop{};
  // Asked before the first step and after each, whether the residual will do.
  std::function<bool(const Vector& residual)> residual_does{};
  // Asked after each preconditioning; empty: never.
  std::function<bool(const Vector& preconditioned)> estimate_does{};
};

// Improves x; adds to the iterations of `work`. Polak and Ribiere's factor, which bears a preconditioner in
// single precision (Golub & Ye, SIAM J. Sci. Comput. 21(4), 1999).
State descend(const Operator& matrix, Multigrid& inverse, const Vector& b, Vector& x, Gradients& work,
              const Pause& pause);

// b - A x, afresh
void residual(const Operator& matrix, const Vector& b, const Vector& x, Vector& out);

double sum(const Operator& matrix, const Vector& v);
double largest(const Operator& matrix, const Vector& v);

}  // namespace marquetry::conduction
