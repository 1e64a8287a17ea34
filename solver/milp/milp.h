// Linear programs, with or without integers, as plain data, and GLPK behind them. The one place that knows
// GLPK: it keeps an environment a thread, which `solve` frees, so that calls from many threads are fine. A
// build without GLPK (MARQUETRY_GPL=OFF) solves linear programs of some size by itself, and no integer ones.
#pragma once

#include <atomic>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace marquetry::milp {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

struct Variable {
  double cost{};
  double low{0}, high{infinity};
  bool integer{};
};

struct Term {
  std::size_t variable{};
  double factor{1};
};

// low <= sum of terms <= high. Terms of one variable add up.
struct Row {
  std::vector<Term> terms{};
  double low{-infinity}, high{infinity};
};

enum class Sense : std::uint8_t { minimise, maximise };

struct Model {
  std::vector<Variable> variables{};
  std::vector<Row> rows{};
  Sense sense{};
};

struct Options {
  double seconds{60};
  const std::atomic<bool>* stop{};  // looked at between the nodes of an integer program
};

enum class Status : std::uint8_t {
  optimal,
  feasible,  // stopped early: `values` hold, `bound` is what is proved
  infeasible,
  unbounded,
  stopped,   // early, without values
  invalid,   // the model: `message` says where
  failed,    // numerics, or an error of GLPK's own
  not_built  // this build cannot: `message` says what it lacks
};

struct Solution {
  Status status{Status::failed};
  double objective{};
  double bound{};                // no feasible point is better
  std::vector<double> values{};  // of the variables, where there are some
  std::vector<double> duals{};   // of the rows, of a program without integers
  std::string message{};
};

// What is wrong with the model (not a number, a variable that is not there), or nothing.
std::string fault(const Model& model);

Solution solve(const Model& model, const Options& options = {});

// Whether this build solves programs with integers.
bool has_integer_programs();

}  // namespace marquetry::milp
