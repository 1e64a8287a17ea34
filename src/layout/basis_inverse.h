// The inverse of a basis that begins near the identity, by rows: dense where it is small, so that a loop runs
// over plain arrays; else the entries that are not 0, since those of thousands of rows would fill the memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace marquetry::layout {

class BasisInverse {
 public:
  explicit BasisInverse(std::size_t rows = 0);

  void set_identity();
  void add(std::size_t row, std::size_t column, double value);

  // A whole row; holds until the next call that changes anything or asks for a row.
  const double* row(std::size_t row);

  // `into` becomes the sum of some columns; three at most are worth this.
  template <class... Column>
  void sum_columns(std::vector<double>& into, Column... columns) const {
    if (sparse_.empty()) {
      const double* in = dense_.data();
      for (std::size_t r = 0; r < rows_; ++r, in += rows_) into[r] = (in[columns] + ...);
    } else {
      for (std::size_t r = 0; r < rows_; ++r) into[r] = (at(r, columns) + ...);
    }
  }

  // The column that becomes basic in that row, in terms of the basis so far.
  void pivot(std::size_t row, const std::vector<double>& column);

 private:
  struct Entry {
    std::uint32_t column{};
    double value{};
  };
  using Row = std::vector<Entry>;

  double at(std::size_t row, std::size_t column) const;
  void pivot_dense(std::size_t row, const std::vector<double>& column);

  std::size_t rows_{};
  std::vector<double> dense_{};
  std::vector<Row> sparse_{};
  std::vector<double> expanded_{};
  std::vector<std::size_t> nonzero_{};
};

}  // namespace marquetry::layout
