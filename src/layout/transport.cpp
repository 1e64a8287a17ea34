// Columns: flow of bundle l from clump h to clump k (16 l + 4 h + k), then the slack of each capacity row. A
// flow stands with a 1 in three rows: its bundle's demand and the capacities of two clumps. With every bundle
// on its shortest pair all reduced costs are >= 0: the dual simplex starts there and has only to clear the
// clumps that are too full.
#include "layout/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::layout {
namespace {

// The entries of basis inverse and pivot rows are small multiples of 1/2.
constexpr double zero = 1e-9;
// Pivots by the largest excess; beyond these by the least index, which cannot cycle. Bland, Math. Oper. Res.
// 2(2), 1977.
constexpr std::size_t greedy_pivots_per_row = 4;

double distance(const ClumpPoint& p, const ClumpPoint& q) {
  return std::abs(p.x - q.x) + std::abs(p.y - q.y);
}

}  // namespace

Transport::Transport(std::vector<ClumpCapacities> capacities, std::vector<Bundle> bundles)
    : capacities_{std::move(capacities)}, bundles_{std::move(bundles)} {
  rows_ = bundles_.size() + 4 * capacities_.size();
  const std::size_t columns = slacks() + 4 * capacities_.size();
  double wires = 1;
  for (const auto& bundle : bundles_) wires = std::max(wires, bundle.wires);
  tolerance_ = zero * wires;
  cost_.resize(columns);
  reduced_.resize(columns);
  pivot_row_.resize(columns);
  touched_.reserve(columns);
  inverse_ = BasisInverse{rows_};
  value_.resize(rows_);
  column_.resize(rows_);
  basic_.resize(rows_);
}

// From the lengths in cost_.
void Transport::start() {
  const std::size_t demands = bundles_.size();
  inverse_.set_identity();
  std::ranges::fill(reduced_, 0.0);
  for (std::size_t d = 0; d < capacities_.size(); ++d) {
    for (std::size_t h = 0; h < 4; ++h) {
      const std::size_t row = demands + 4 * d + h;
      value_[row] = capacities_[d][h];
      basic_[row] = slacks() + 4 * d + h;
    }
  }
  for (std::size_t l = 0; l < demands; ++l) {
    const auto& bundle = bundles_[l];
    const double* const cost = &cost_[16 * l];
    std::size_t best = 0;
    for (std::size_t j = 1; j < 16; ++j) best = cost[j] < cost[best] ? j : best;
    for (std::size_t j = 0; j < 16; ++j) reduced_[16 * l + j] = cost[j] - cost[best];
    value_[l] = bundle.wires;
    basic_[l] = 16 * l + best;
    for (const std::size_t row : {demands + 4 * bundle.a + best / 4, demands + 4 * bundle.b + best % 4}) {
      inverse_.add(row, l, -1);
      value_[row] -= bundle.wires;
    }
  }
}

// The position of the basis that is furthest below 0 (or the one of the least column); none: optimal.
std::optional<std::size_t> Transport::leaving(bool first) const {
  std::optional<std::size_t> found;
  double least = -tolerance_;
  for (std::size_t p = 0; p < rows_; ++p) {
    if (value_[p] >= (first ? -tolerance_ : least)) continue;
    if (first && found && basic_[*found] < basic_[p]) continue;
    found = p;
    least = value_[p];
  }
  return found;
}

// The ratio test; fills pivot_row_ where it is not 0. None: that row cannot be mended, there is no answer.
std::optional<std::size_t> Transport::entering(std::size_t position, bool first) {
  const double* const row = inverse_.row(position);
  const double* const clumps = row + bundles_.size();
  std::optional<std::size_t> best;
  double least = std::numeric_limits<double>::infinity();
  touched_.clear();
  const auto look_at = [&](std::size_t j, double alpha) {
    if (alpha == 0) return;
    pivot_row_[j] = alpha;
    touched_.push_back(j);
    if (alpha >= -zero) return;
    const double ratio = reduced_[j] / -alpha;
    if (ratio > least || (ratio == least && (first || alpha >= pivot_row_[*best]))) return;
    least = ratio;
    best = j;
  };
  const auto is_zero = [](const double* four) {
    return four[0] == 0 && four[1] == 0 && four[2] == 0 && four[3] == 0;
  };
  for (std::size_t l = 0; l < bundles_.size(); ++l) {
    const double* const from = clumps + 4 * bundles_[l].a;
    const double* const to = clumps + 4 * bundles_[l].b;
    if (row[l] == 0 && is_zero(from) && is_zero(to)) continue;
    for (std::size_t h = 0; h < 4; ++h) {
      const double sum = row[l] + from[h];
      for (std::size_t k = 0; k < 4; ++k) look_at(16 * l + 4 * h + k, sum + to[k]);
    }
  }
  for (std::size_t c = 0; c < 4 * capacities_.size(); ++c) look_at(slacks() + c, clumps[c]);
  return best;
}

// The column in terms of the basis.
void Transport::read_column(std::size_t column) {
  const std::size_t demands = bundles_.size();
  if (column >= slacks()) return inverse_.sum_columns(column_, demands + column - slacks());
  const auto& bundle = bundles_[column / 16];
  const std::size_t j = column % 16;
  inverse_.sum_columns(column_, column / 16, demands + 4 * bundle.a + j / 4, demands + 4 * bundle.b + j % 4);
}

void Transport::exchange_basis(std::size_t position, std::size_t column) {
  read_column(column);
  const double step = reduced_[column] / pivot_row_[column];
  for (const auto j : touched_) reduced_[j] = std::max(0.0, reduced_[j] - step * pivot_row_[j]);
  reduced_[column] = 0;
  reduced_[basic_[position]] = -step;

  inverse_.pivot(position, column_);
  value_[position] /= column_[position];
  for (std::size_t p = 0; p < rows_; ++p) {
    if (p != position) value_[p] -= column_[p] * value_[position];
  }
  basic_[position] = column;
  ++pivots_;
}

std::optional<double> Transport::cost(std::span<const ClumpPoints> at) {
  for (std::size_t l = 0; l < bundles_.size(); ++l) {
    for (std::size_t j = 0; j < 16; ++j) {
      cost_[16 * l + j] = distance(at[bundles_[l].a][j / 4], at[bundles_[l].b][j % 4]);
    }
  }
  return solve();
}

std::optional<double> Transport::cost(std::span<const std::array<double, 16>> lengths) {
  for (std::size_t l = 0; l < bundles_.size(); ++l) std::ranges::copy(lengths[l], &cost_[16 * l]);
  return solve();
}

std::optional<double> Transport::solve() {
  start();
  const std::size_t before = pivots_;
  while (true) {
    const bool first = pivots_ - before > greedy_pivots_per_row * rows_;
    const auto position = leaving(first);
    if (!position) break;
    const auto column = entering(*position, first);
    if (!column) return std::nullopt;
    exchange_basis(*position, *column);
  }
  double sum = 0;
  for (std::size_t p = 0; p < rows_; ++p) sum += cost_[basic_[p]] * value_[p];
  return sum;
}

std::array<double, 16> Transport::flow(std::size_t bundle) const {
  std::array<double, 16> flow{};
  for (std::size_t p = 0; p < rows_; ++p) {
    if (basic_[p] < slacks() && basic_[p] / 16 == bundle) flow[basic_[p] % 16] = std::max(0.0, value_[p]);
  }
  return flow;
}

double transport_bound(std::span<const Bundle> bundles, std::span<const ClumpPoints> at) {
  double sum = 0;
  for (const auto& bundle : bundles) {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& p : at[bundle.a]) {
      for (const auto& q : at[bundle.b]) least = std::min(least, distance(p, q));
    }
    sum += bundle.wires * least;
  }
  return sum;
}

}  // namespace marquetry::layout
