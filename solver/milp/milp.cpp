// What every engine behind `solve` is spared: models that are none, and programs that need no engine.
#include "milp/milp.h"

#include <algorithm>
#include <cmath>

#include "milp/engine.h"

namespace marquetry::milp {
namespace {

bool empty_range(double low, double high) { return low > high; }

}  // namespace

std::pair<double, double> bounds(const Variable& v) {
  if (!v.integer) return {v.low, v.high};
  return {std::ceil(v.low - 1e-9), std::floor(v.high + 1e-9)};
}

std::string fault(const Model& model) {
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const auto& x = model.variables[v];
    if (!std::isfinite(x.cost) || std::isnan(x.low) || std::isnan(x.high) || x.low == infinity ||
        x.high == -infinity) {
      return "variable " + std::to_string(v) + ": its cost or bounds are no numbers";
    }
  }
  for (std::size_t r = 0; r < model.rows.size(); ++r) {
    const auto& row = model.rows[r];
    if (std::isnan(row.low) || std::isnan(row.high) || row.low == infinity || row.high == -infinity) {
      return "row " + std::to_string(r) + ": its bounds are no numbers";
    }
    for (const auto& t : row.terms) {
      if (t.variable >= model.variables.size()) {
        return "row " + std::to_string(r) + ": there is no variable " + std::to_string(t.variable);
      }
      if (!std::isfinite(t.factor)) return "row " + std::to_string(r) + ": a factor is no number";
    }
  }
  return {};
}

Solution solve(const Model& model, const Options& options) {
  Solution solution;
  if (solution.message = fault(model); !solution.message.empty()) {
    solution.status = Status::invalid;
    return solution;
  }
  const auto empty_row = [](const Row& row) { return empty_range(row.low, row.high); };
  const auto empty_variable = [](const Variable& v) {
    const auto [low, high] = bounds(v);
    return empty_range(low, high);
  };
  solution.status = Status::infeasible;
  if (std::ranges::any_of(model.rows, empty_row)) return solution;
  if (std::ranges::any_of(model.variables, empty_variable)) return solution;
  if (model.variables.empty()) {  // which no engine takes
    const bool zero_fits =
        std::ranges::all_of(model.rows, [](const Row& row) { return row.low <= 0 && row.high >= 0; });
    if (zero_fits) solution.status = Status::optimal;
    return solution;
  }
  return run_engine(model, options);
}

}  // namespace marquetry::milp
