// The nodes of a Gauss rule are the eigenvalues of the tridiagonal matrix of its orthogonal polynomials.
// Golub & Welsch, Math. Comp. 23, 1969. Their weights, the squared first components of the eigenvectors, have
// lost their digits where they are tiny, and here they meet growing exponentials; 1 / sum p_k^2 of the
// orthonormal polynomials, from their recurrence, has them all.
#include "yield/quadrature.h"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace marquetry::yield {
namespace {

// beside * p_k+1 = (x - main) p_k - beside' p_k-1.
double weight_at(double x, const Eigen::VectorXd& main, const Eigen::VectorXd& beside) {
  double before = 0, here = 1, sum = 1;
  for (Eigen::Index k = 0; k < beside.size(); ++k) {
    const double next = ((x - main[k]) * here - (k == 0 ? 0 : beside[k - 1]) * before) / beside[k];
    before = here;
    here = next;
    sum += here * here;
  }
  return 1 / sum;
}

// diagonal(k), off_diagonal(k): the recurrence of the polynomials that are orthogonal under the weight.
template <class Diagonal, class OffDiagonal>
Rule gauss_rule(int count, Diagonal diagonal, OffDiagonal off_diagonal) {
  Eigen::VectorXd main(count), beside(count - 1);
  for (int k = 0; k < count; ++k) main[k] = diagonal(k);
  for (int k = 1; k < count; ++k) beside[k - 1] = off_diagonal(k);
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(main, beside, Eigen::EigenvaluesOnly);
  Rule rule;
  for (const double x : solver.eigenvalues()) {
    rule.at.push_back(x);
    rule.weight.push_back(weight_at(x, main, beside));
  }
  return rule;
}

}  // namespace

// Generalised Laguerre polynomials.
Rule gamma_rule(double shape, int count) {
  return gauss_rule(
      count, [shape](int k) { return 2 * k + shape; },
      [shape](int k) { return std::sqrt(k * (k + shape - 1)); });
}

Rule even_rule(double low, double high, int count) {
  Rule rule = gauss_rule(
      count, [](int) { return 0.0; }, [](int k) { return k / std::sqrt(4.0 * k * k - 1); });
  for (auto& x : rule.at) x = low + (high - low) * 0.5 * (1 + x);
  return rule;
}

Rule normal_rule(int count) {
  return gauss_rule(
      count, [](int) { return 0.0; }, [](int k) { return std::sqrt(static_cast<double>(k)); });
}

}  // namespace marquetry::yield
