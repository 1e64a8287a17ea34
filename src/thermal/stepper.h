// One step in time of C dT/dt + A T = P + L(T), L what leaks: backward Euler, or TR-BDF2 with its error.
//
// TR-BDF2 (Bank et al., IEEE Trans. Electron Devices 32(10), 1985) with gamma = 2 - sqrt(2): a trapezoid over
// gamma h, then a backward difference to h, both with the matrix A + 2 C / (gamma h); second order, L-stable.
// Its error is the difference to the third-order formula on the same three points, through the inverse of
// that matrix, which takes off what stiff modes only seem to add (Hosea and Shampine, Appl. Numer. Math. 20,
// 1996, sections 3 and 4).
#pragma once

#include <span>

#include "conduction/solver.h"
#include "thermal/leakage.h"

namespace marquetry::thermal {

struct Step {
  Fate fate{};                // runaway: leakage does not come to rest within this step
  double error{};             // K, of the step's end; TR-BDF2 only
  double supplied{}, lost{};  // J, over the step: by all power, to the ambient
};

// Makes a matrix for each length of step and keeps the last few.
class Stepper {
 public:
  // tolerance: K, of each solve.
  Stepper(const conduction::Grid& grid, const conduction::Field& capacity, std::span<const Leak> leaks,
          double tolerance, const std::atomic<bool>* stop = nullptr);

  // From `rise` to what it is `length` later; `rise` stays where the fate is not `stable`.
  Step euler(conduction::Field& rise, const conduction::Field& power, double length);
  Step tr_bdf2(conduction::Field& rise, const conduction::Field& power, double length);

  // After the grid's conductances changed.
  void renew() { matrices_kept_.clear(); }

  std::size_t matrices() const { return matrices_; }
  std::size_t solves() const { return solves_; }

 private:
  struct Matrix {
    double weight{};  // of the capacity on the diagonal
    std::size_t used{};
    conduction::Solver solver;
  };

  conduction::Solver& solver(double weight);
  Fate solve(double weight, const conduction::Field& source, conduction::Field& rise, double tolerance);
  Fate stage(double weight, const conduction::Field& source, conduction::Field& rise);
  void add_capacity(conduction::Field& to, double factor, const conduction::Field& rise) const;
  void add_leakage(conduction::Field& to, const conduction::Field& rise) const;
  double to_ambient(const conduction::Field& rise) const;
  double leaked_at(const conduction::Field& rise) const;
  conduction::Field ahead(const conduction::Field& rise, double time) const;

  const conduction::Grid& grid_;
  const conduction::Field& capacity_;
  std::span<const Leak> leaks_;
  double tolerance_{};
  const std::atomic<bool>* stop_{};
  std::vector<Matrix> matrices_kept_{};
  std::size_t matrices_{}, solves_{}, clock_{};
  conduction::Field slope_{};  // K/s over the step before, to start solves from
};

}  // namespace marquetry::thermal
