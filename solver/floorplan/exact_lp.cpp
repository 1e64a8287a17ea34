// Dual simplex: Chvatal, Linear Programming, 1983, chapters 3 and 10. A slack that enters the basis is
// dropped with its row, since the row is found again when it is violated.
#include "floorplan/exact_lp.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::floorplan::exact {
namespace {

constexpr double feasible_within = 1e-9, pivot_least = 1e-9;
constexpr int most_pivots = 2000;
constexpr std::size_t none = static_cast<std::size_t>(-1);

}  // namespace

double violation(const Inequality& row, std::span<const double> x) {
  double sum = row.least;
  for (const auto& t : row.terms) sum -= t.factor * x[t.column];
  return sum;
}

Dictionary::Dictionary(const Program& program)
    : columns_{program.cost.size()},
      reduced_{program.cost},
      outside_(columns_),
      where_(columns_),
      point_(columns_) {
  for (std::size_t c = 0; c < columns_; ++c) {
    outside_[c] = c;
    where_[c] = -1 - static_cast<std::ptrdiff_t>(c);
  }
}

void Dictionary::read_point() {
  std::ranges::fill(point_, 0.0);
  for (std::size_t r = 0; r < basic_.size(); ++r) {
    if (basic_[r] < columns_) point_[basic_[r]] = row(r)[0];
  }
}

void Dictionary::append(const Program& program, std::size_t id) {
  const auto& added = program.rows[id];
  const std::size_t r = basic_.size();
  basic_.push_back(columns_ + id);
  table_.resize((r + 1) * (columns_ + 1), 0.0);
  double* const to = row(r);
  to[0] = -added.least;
  for (const auto& t : added.terms) {
    const auto at = where_[t.column];
    if (at < 0) {
      to[static_cast<std::size_t>(-at)] += t.factor;
    } else {
      const double* const from = row(static_cast<std::size_t>(at));
      for (std::size_t c = 0; c <= columns_; ++c) to[c] += t.factor * from[c];
    }
  }
}

void Dictionary::drop(std::size_t r) {
  const std::size_t last = basic_.size() - 1;
  if (r != last) {
    std::copy_n(row(last), columns_ + 1, row(r));
    basic_[r] = basic_[last];
    if (basic_[r] < columns_) where_[basic_[r]] = static_cast<std::ptrdiff_t>(r);
  }
  basic_.pop_back();
  table_.resize(last * (columns_ + 1));
}

// The basic variable of that row, which is negative, becomes zero. False: no column can raise it.
bool Dictionary::pivot(std::size_t leaving) {
  double* const from = row(leaving);
  std::size_t entering = none;
  double ratio = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < columns_; ++c) {
    const double factor = from[c + 1];
    if (factor <= pivot_least) continue;
    const double here = reduced_[c] / factor;
    if (here < ratio - 1e-12 ||
        (here <= ratio + 1e-12 && (entering == none || factor > from[entering + 1] + 1e-12))) {
      ratio = std::min(ratio, here);
      entering = c;
    }
  }
  if (entering == none) return false;
  // leaving = b + sum a_c x_c  =>  x_e = (leaving - b - sum of the others) / a_e
  const std::size_t gone = basic_[leaving], come = outside_[entering];
  const double by = 1 / from[entering + 1];
  from[entering + 1] = -1;
  for (std::size_t c = 0; c <= columns_; ++c) from[c] *= -by;
  const auto eliminate = [&](double* to, double factor) {
    for (std::size_t c = 0; c <= columns_; ++c) to[c] += factor * from[c];
  };
  for (std::size_t r = 0; r < basic_.size(); ++r) {
    if (r == leaving) continue;
    double* const to = row(r);
    const double factor = to[entering + 1];
    if (factor == 0) continue;
    to[entering + 1] = 0;
    eliminate(to, factor);
  }
  const double cost = reduced_[entering];
  reduced_[entering] = 0;
  value_ += cost * from[0];
  for (std::size_t c = 0; c < columns_; ++c) reduced_[c] = std::max(0.0, reduced_[c] + cost * from[c + 1]);
  outside_[entering] = gone;
  basic_[leaving] = come;
  if (gone < columns_) where_[gone] = -1 - static_cast<std::ptrdiff_t>(entering);
  if (come < columns_) {
    where_[come] = static_cast<std::ptrdiff_t>(leaving);
  } else {
    drop(leaving);
  }
  return true;
}

Dictionary::End Dictionary::solve(const Program& program, std::span<const RowId> active, double cutoff) {
  for (int pivots = 0; pivots < most_pivots; ++pivots) {
    if (value_ > cutoff) return End::above_cutoff;
    const bool careful = pivots > most_pivots / 2;  // against cycling: the first violated one, not the worst
    std::size_t leaving = none;
    double worst = -feasible_within;
    for (std::size_t r = 0; r < basic_.size() && !(careful && leaving != none); ++r) {
      if (row(r)[0] < worst) {
        worst = row(r)[0];
        leaving = r;
      }
    }
    if (leaving == none) {
      read_point();
      std::size_t found = none;
      double most = feasible_within;
      const auto look = [&](std::size_t id) {
        if (careful && found != none) return;
        if (const double v = violation(program.rows[id], point_); v > most) {
          most = v;
          found = id;
        }
      };
      for (std::size_t id = 0; id < program.always; ++id) look(id);
      for (const RowId id : active) look(id);
      if (found == none) return End::optimal;
      append(program, found);
      leaving = basic_.size() - 1;
      if (row(leaving)[0] >= -feasible_within / 2) return End::tired;  // rounding has eaten the dictionary
    }
    if (!pivot(leaving)) return End::infeasible;
  }
  return End::tired;
}

double Dictionary::proved(const Program& program) const {
  std::vector<double> left = program.cost;
  double sum = 0;
  for (std::size_t c = 0; c < columns_; ++c) {
    if (outside_[c] < columns_ || reduced_[c] <= 0) continue;
    const auto& row = program.rows[outside_[c] - columns_];
    sum += reduced_[c] * row.least;
    for (const auto& t : row.terms) left[t.column] -= reduced_[c] * t.factor;
  }
  for (std::size_t c = 0; c < columns_; ++c) sum += std::min(0.0, left[c]) * program.largest[c];
  return sum;
}

}  // namespace marquetry::floorplan::exact
