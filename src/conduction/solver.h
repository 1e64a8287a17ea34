// Potentials of a grid for given sources, with a proved bound on their error.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "conduction/grid.h"

namespace marquetry::conduction {

struct Request {
  double tolerance{5e-3};    // largest error of any node, in the unit of the potential
  int most_iterations{500};  // of conjugate gradients
  bool certify{true};        // prove the error, by one more solve for each solver; else it is estimated
  const std::atomic<bool>* stop{};
};

enum class State {
  solved,         // or as near as rounding allows: the bound tells
  not_converged,  // within the iterations
  floating,       // some node reaches no ground: no potential is defined
  indefinite,     // a direction of negative curvature was met: with leakage on the diagonal, thermal runaway
  interrupted,
};

struct Outcome {
  State state{State::solved};
  int iterations{};
  double residual{};   // largest of any node, in the unit of the sources
  double estimate{};   // of the largest error, from the last preconditioned residual
  double bound{};      // |error| of every node is at most this, proved; infinite where nothing was
  double imbalance{};  // |sources - what reaches the ground| / sources
};

// A matrix made ready: the grid's, with `diagonal` (capacity over a time step, less the slope of leakage)
// added. Made once, solved often; not to be shared between threads.
class Solver {
 public:
  explicit Solver(const Grid& grid, const Field& diagonal = {});
  ~Solver();
  Solver(Solver&&) noexcept;
  Solver& operator=(Solver&&) noexcept;

  // Other conductances on the same shape and hubs: what is ready stays wherever it still serves.
  void update(const Grid& grid, const Field& diagonal = {});

  // potential: the start, where it has the size of the grid; else starts from nothing.
  Outcome solve(const Field& source, Field& potential, const Request& request = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// What leaves each node to its neighbours, the ground and through `diagonal`: the matrix times a potential.
Field applied(const Grid& grid, const Field& diagonal, const Field& potential);

}  // namespace marquetry::conduction
