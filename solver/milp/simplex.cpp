// The primal simplex method for bounded variables on a full tableau: Chvatal, Linear Programming, 1983,
// chapter 8; phase 1 by the sum of infeasibilities. Each row has a variable of its own, the sum of its terms,
// which is in the basis at first.
#include "milp/simplex.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace marquetry::milp {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double feasible_within = 1e-9, price_least = 1e-9, pivot_least = 1e-9, zero_below = 1e-13;
constexpr double checked_within = 1e-6;         // of a row as given, when all is done
constexpr std::size_t most_cells = 16'000'000;  // of the tableau: 128 MB
constexpr int patience = 100;  // steps without progress before the least index decides (Bland)
constexpr std::size_t none = static_cast<std::size_t>(-1);

class Tableau {
 public:
  explicit Tableau(const Model& model)
      : columns_{model.variables.size()}, rows_{model.rows.size()}, cells_(columns_ * (rows_ + 1)) {
    for (const auto& v : model.variables) {
      low_.push_back(v.low);
      high_.push_back(v.high);
    }
    for (std::size_t c = 0; c < columns_; ++c) {
      outside_.push_back(c);
      value_.push_back(std::isfinite(low_[c]) ? low_[c] : std::isfinite(high_[c]) ? high_[c] : 0);
    }
    for (std::size_t r = 0; r < rows_; ++r) {
      double sum = 0;
      for (const auto& t : model.rows[r].terms) {
        row(r)[t.variable] += t.factor;
        sum += t.factor * value_[t.variable];
      }
      low_.push_back(model.rows[r].low);
      high_.push_back(model.rows[r].high);
      value_.push_back(sum);
      basic_.push_back(columns_ + r);
    }
    const double sign = model.sense == Sense::minimise ? 1 : -1;
    for (std::size_t c = 0; c < columns_; ++c) row(rows_)[c] = sign * model.variables[c].cost;
    price_.resize(columns_);
  }

  // Till nothing gets better. `stopped` where `halt` says so.
  template <class Halt>
  Status run(const Halt& halt) {
    int idle = 0;
    for (std::uint64_t step = 0;; ++step) {
      if (step % 16 == 0 && halt()) return Status::stopped;
      const bool first_phase = infeasible();
      prices(first_phase);
      const auto column = entering(idle > patience);
      if (column == none) return first_phase ? Status::infeasible : Status::optimal;
      const double way = price_[column] < 0 ? 1 : -1;
      const auto [length, leaving, bound] = blocked(column, way, first_phase, idle > patience);
      if (!std::isfinite(length)) return first_phase ? Status::failed : Status::unbounded;
      idle = length > feasible_within ? 0 : idle + 1;
      move(column, way * length);
      if (leaving == none) continue;  // it went from one of its bounds to the other
      value_[basic_[leaving]] = bound;
      pivot(leaving, column);
    }
  }

  double value(std::size_t variable) const { return value_[variable]; }
  // What the objective gains for each unit more of a row's sum.
  std::vector<double> duals() {
    prices(false);
    std::vector<double> out(rows_);
    for (std::size_t c = 0; c < columns_; ++c) {
      if (outside_[c] >= columns_) out[outside_[c] - columns_] = price_[c];
    }
    return out;
  }

 private:
  struct Block {
    double length{infinity};
    std::size_t row{none};
    double bound{};
  };

  double* row(std::size_t r) { return cells_.data() + r * columns_; }
  const double* row(std::size_t r) const { return cells_.data() + r * columns_; }
  double slack(double at) const { return feasible_within * (1 + std::abs(at)); }
  bool is_low(std::size_t v) const { return value_[v] < low_[v] - slack(low_[v]); }
  bool is_high(std::size_t v) const { return value_[v] > high_[v] + slack(high_[v]); }
  bool infeasible() const {
    return std::ranges::any_of(basic_, [&](std::size_t v) { return is_low(v) || is_high(v); });
  }

  // What a unit more of each variable outside costs: in phase 1 in infeasibility.
  void prices(bool first_phase) {
    if (!first_phase) {
      std::copy_n(row(rows_), columns_, price_.begin());
      return;
    }
    std::ranges::fill(price_, 0.0);
    for (std::size_t r = 0; r < rows_; ++r) {
      const auto v = basic_[r];
      const double cost = is_low(v) ? -1 : is_high(v) ? 1 : 0;
      if (cost == 0) continue;
      const double* const factors = row(r);
      for (std::size_t c = 0; c < columns_; ++c) price_[c] += cost * factors[c];
    }
  }

  // Steepest price, or by Bland the least index that has one.
  std::size_t entering(bool by_index) const {
    std::size_t best = none;
    for (std::size_t c = 0; c < columns_; ++c) {
      const auto v = outside_[c];
      const bool may_rise = value_[v] < high_[v] && price_[c] < -price_least;
      const bool may_fall = value_[v] > low_[v] && price_[c] > price_least;
      if (!may_rise && !may_fall) continue;
      if (best == none || (by_index ? v < outside_[best] : std::abs(price_[c]) > std::abs(price_[best])))
        best = c;
    }
    return best;
  }

  // How far the column may go, and which row is first at one of its bounds; of equals the greatest pivot. A
  // row out of its bounds stops at the one that it comes back to.
  Block blocked(std::size_t column, double way, bool first_phase, bool by_index) const {
    const auto v = outside_[column];
    Block best{way > 0 ? high_[v] - value_[v] : value_[v] - low_[v]};
    double pivot = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      const double speed = way * row(r)[column];
      if (std::abs(speed) < pivot_least) continue;
      const auto b = basic_[r];
      double bound = speed > 0 ? high_[b] : low_[b];
      if (first_phase && is_low(b)) bound = speed > 0 ? low_[b] : -infinity;
      if (first_phase && is_high(b)) bound = speed < 0 ? high_[b] : infinity;
      if (!std::isfinite(bound)) continue;
      const double length = std::max(0.0, (bound - value_[b]) / speed);
      const bool is_equal = length <= best.length + feasible_within && best.row != none;
      const bool wins = by_index ? is_equal && length <= best.length && b < basic_[best.row]
                                 : is_equal && std::abs(speed) > pivot;
      if (length < best.length - feasible_within || wins || (best.row == none && length < best.length)) {
        best = {std::min(length, best.length), r, bound};
        pivot = std::abs(speed);
      }
    }
    return best;
  }

  void move(std::size_t column, double by) {
    if (by == 0) return;
    value_[outside_[column]] += by;
    for (std::size_t r = 0; r < rows_; ++r) value_[basic_[r]] += by * row(r)[column];
  }

  void pivot(std::size_t leaving, std::size_t column) {
    double* const p = row(leaving);
    const double factor = 1 / p[column];
    touched_.clear();
    for (std::size_t c = 0; c < columns_; ++c) {
      if (p[c] == 0) continue;
      p[c] *= -factor;
      touched_.push_back(c);
    }
    p[column] = factor;
    for (std::size_t r = 0; r <= rows_; ++r) {
      double* const q = row(r);
      const double by = q[column];
      if (r == leaving || by == 0) continue;
      q[column] = 0;
      for (const auto c : touched_) {
        q[c] += by * p[c];
        if (std::abs(q[c]) < zero_below) q[c] = 0;
      }
    }
    std::swap(basic_[leaving], outside_[column]);
  }

  std::size_t columns_, rows_;
  std::vector<double> cells_;  // basic variables as sums of those outside; in the last row the objective
  std::vector<double> low_{}, high_{}, value_{};
  std::vector<std::size_t> outside_{}, basic_{};
  std::vector<double> price_{};
  std::vector<std::size_t> touched_{};  // columns of the pivot's row that are not zero
};

bool holds(const Model& model, const std::vector<double>& x) {
  return std::ranges::all_of(model.rows, [&](const Row& row) {
    double sum = 0, size = 1;
    for (const auto& t : row.terms) {
      sum += t.factor * x[t.variable];
      size = std::max(size, std::abs(t.factor * x[t.variable]));
    }
    return sum >= row.low - checked_within * size && sum <= row.high + checked_within * size;
  });
}

}  // namespace

Solution solve_linear(const Model& model, const Options& options) {
  Solution solution;
  if (model.variables.size() * model.rows.size() > most_cells) {
    solution.status = Status::not_built;
    solution.message = "a linear program of this size needs GLPK, which this build lacks";
    return solution;
  }
  const auto seconds = std::chrono::duration<double>(std::clamp(options.seconds, 0.0, 1e9));
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(seconds);
  Tableau tableau{model};
  solution.status =
      tableau.run([&] { return Clock::now() > end || (options.stop != nullptr && *options.stop); });
  if (solution.status != Status::optimal) return solution;
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    solution.values.push_back(tableau.value(v));
    solution.objective += model.variables[v].cost * tableau.value(v);
  }
  if (!holds(model, solution.values)) {
    solution = {.status = Status::failed, .message = "rounding got the better of the simplex method"};
    return solution;
  }
  solution.bound = solution.objective;
  solution.duals = tableau.duals();
  if (model.sense == Sense::maximise) {
    for (auto& d : solution.duals) d = -d;
  }
  return solution;
}

}  // namespace marquetry::milp
