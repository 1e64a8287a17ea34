#include "layout/basis_inverse.h"

#include <algorithm>
#include <cmath>

namespace marquetry::layout {
namespace {

constexpr std::size_t most_dense_rows = 500;  // 2 MB
constexpr double zero = 1e-12;                // what is left of entries that cancel

}  // namespace

BasisInverse::BasisInverse(std::size_t rows) : rows_{rows} {
  if (rows <= most_dense_rows) {
    dense_.resize(rows * rows);
    nonzero_.reserve(rows);
  } else {
    sparse_.resize(rows);
    expanded_.resize(rows);
  }
}

void BasisInverse::set_identity() {
  std::ranges::fill(dense_, 0.0);
  if (sparse_.empty()) {
    for (std::size_t r = 0; r < rows_; ++r) dense_[r * rows_ + r] = 1;
  }
  for (std::size_t r = 0; r < sparse_.size(); ++r) sparse_[r].assign(1, {static_cast<std::uint32_t>(r), 1});
}

void BasisInverse::add(std::size_t row, std::size_t column, double value) {
  if (sparse_.empty()) {
    dense_[row * rows_ + column] += value;
    return;
  }
  auto& entries = sparse_[row];
  const auto where = std::ranges::lower_bound(entries, column, {}, &Entry::column);
  if (where != entries.end() && where->column == column) {
    where->value += value;
  } else {
    entries.insert(where, {static_cast<std::uint32_t>(column), value});
  }
}

const double* BasisInverse::row(std::size_t row) {
  if (sparse_.empty()) return &dense_[row * rows_];
  std::ranges::fill(expanded_, 0.0);
  for (const auto& entry : sparse_[row]) expanded_[entry.column] = entry.value;
  return expanded_.data();
}

double BasisInverse::at(std::size_t row, std::size_t column) const {
  const auto& entries = sparse_[row];
  const auto where = std::ranges::lower_bound(entries, column, {}, &Entry::column);
  return where != entries.end() && where->column == column ? where->value : 0;
}

void BasisInverse::pivot_dense(std::size_t row, const std::vector<double>& column) {
  double* const own = &dense_[row * rows_];
  nonzero_.clear();
  for (std::size_t c = 0; c < rows_; ++c) {
    if (own[c] == 0) continue;
    own[c] /= column[row];
    nonzero_.push_back(c);
  }
  for (std::size_t r = 0; r < rows_; ++r) {
    const double factor = column[r];
    if (r == row || factor == 0) continue;
    double* const other = &dense_[r * rows_];
    for (const auto c : nonzero_) other[c] -= factor * own[c];
  }
}

void BasisInverse::pivot(std::size_t row, const std::vector<double>& column) {
  if (sparse_.empty()) return pivot_dense(row, column);
  auto& own = sparse_[row];
  for (auto& entry : own) entry.value /= column[row];
  Row sum;
  for (std::size_t r = 0; r < rows_; ++r) {
    const double factor = column[r];
    if (r == row || factor == 0) continue;
    sum.clear();
    auto a = sparse_[r].begin();
    const auto end = sparse_[r].end();
    for (const auto& b : own) {
      while (a != end && a->column < b.column) sum.push_back(*a++);
      const double before = a != end && a->column == b.column ? (a++)->value : 0;
      const double value = before - factor * b.value;
      if (std::abs(value) > zero) sum.push_back({b.column, value});
    }
    sum.insert(sum.end(), a, end);
    sparse_[r].swap(sum);
  }
}

}  // namespace marquetry::layout
