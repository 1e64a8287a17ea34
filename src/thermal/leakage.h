// Power that grows with the temperature: where heat and leakage come to rest, proved, or that they do not.
//
// The state of rest is the least T with A T = P + L(T), L = sum of power exp(slope (T - reference)) by cell.
// A is an M-matrix and L convex, so Newton from a T below it rises to it and never passes it; A - L'(T) is
// positive definite all the way, and a direction of negative curvature proves that there is no such state.
#pragma once

#include <span>

#include "conduction/solver.h"
#include "thermal/assembly.h"

namespace marquetry::thermal {

// A part of a block's leakage, in one cell: power exp(slope rise).
struct Leak {
  std::size_t block{}, cell{};  // block: counted through all layers; cell: of the grid
  double power{};               // W at the ambient
  double slope{};               // per kelvin
};

// Spread over each block's cells as its power is. Empty where no block leaks.
std::vector<Leak> leaks(const Stack& stack, const Assembled& assembled);

// Watts by block of the stack, layer after layer.
std::vector<double> leaked(std::span<const Leak> leaks, const conduction::Field& rise, std::size_t blocks);

enum class Fate { stable, runaway, not_converged, interrupted };

enum class Start {
  none,      // `rise` is made: Newton starts from what the other power alone heats
  anywhere,  // Newton starts from `rise`
  below,     // likewise, and `rise` is known to lie below the answer
};

struct Rest {
  Fate fate{};
  bool proved{};   // stable: by an enclosure from both sides; runaway: by negative curvature from below
  double bound{};  // K: no node is further from the answer than this; infinite where nothing was proved
  double power{};  // W leaked
  int solves{};    // all of them; those of the proof among them
  int rounds{};    // of Newton
  conduction::Outcome outcome{};  // of all of it; its iterations are those of all solves
};

// power: all that does not leak. solver: one for this grid; afterwards it holds A - L'(rise). With
// request.certify, the answer is enclosed: T_s = rise + e z with A T_s >= P + L(T_s) lies above a state of
// rest, T_i = rise - e z with the opposite below it, where z is the answer of A - L' to 1 everywhere; both
// inequalities are checked node by node, roundings included.
Rest settle(const conduction::Grid& grid, conduction::Solver& solver, const conduction::Field& power,
            std::span<const Leak> leaks, conduction::Field& rise, const conduction::Request& request,
            Start start = Start::none);

// One thermal resistance to the ambient, in closed form: T = ambient + R (P + L(T)) has the solution
// ambient + R P - W0(-u) / slope, u = R power slope exp(slope (ambient + R P - reference)), where u <= 1 / e.
struct LumpedRest {
  bool stable{};
  double u{};
  double temperature{}, leakage{}, loop_gain{};  // K, W; loop gain R L'(T): 1 at runaway. Where stable
  // To runaway; below 0 where there is no state of rest.
  double power_margin{}, ambient_margin{};  // W, K
};
LumpedRest lumped_rest(double resistance, double power, const Leakage& leakage, double ambient);

// The branch of w exp(w) = x that passes through 0; x >= -1 / e.
double lambert_w(double x);

}  // namespace marquetry::thermal
