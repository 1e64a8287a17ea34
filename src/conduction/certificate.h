// A proof of how far off an answer can be. Where w > 0 and v = A w > 0, A (off its diagonal 0 or less) is an
// M-matrix, so it is positive definite, its inverse has no negative entry, and a residual |r| <= rho v leaves
// an error |e| <= A^-1 |r| <= rho w in every node (Berman & Plemmons, Nonnegative Matrices in the
// Mathematical Sciences, 1979, theorem 6.2.3). Holds with negative terms on the diagonal too, and then proves
// that there is no runaway.
#pragma once

#include "conduction/gradients.h"

namespace marquetry::conduction {

struct Certificate {
  Vector witness{};  // w
  Vector image{};    // A w
  Vector inverse{};  // 1 / v, what a residual is measured by
  double factor{};   // largest w
  bool proved{};
  State state{};  // why it is not
};

// Takes v = A w, less what rounding may hide, where all of it is positive.
bool check(const Operator& matrix, Certificate& certificate);

// Checks the witness that is there against the matrix; finds another where it does not hold.
void certify(const Operator& matrix, Multigrid& inverse, Certificate& certificate, Gradients& work,
             const Pause& pause);

// rho: the largest of |residual| / v
double measure(const Operator& matrix, const Certificate& certificate, const Vector& residual);

// What rounding may hide in it.
double hidden(const Operator& matrix, const Certificate& certificate, const Vector& b, const Vector& x);

}  // namespace marquetry::conduction
