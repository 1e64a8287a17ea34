// The closed form of a systolic array against an array that moves numbers cycle by cycle.
#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "operators/matmul.h"

namespace {

using Matrix = std::vector<std::vector<std::int64_t>>;

Matrix numbered(std::size_t rows, std::size_t columns, std::int64_t seed) {
  Matrix matrix(rows, std::vector<std::int64_t>(columns));
  for (auto& row : matrix)
    for (auto& number : row) number = seed = (seed * 37 + 11) % 101 - 50;
  return matrix;
}

struct Element {
  std::int64_t left{}, above{}, sum{};
  std::size_t products{};
};

// An array of processing elements: numbers of a come from the left, one row a cycle later than the one above
// it, numbers of b from above likewise. A tile starts when the one before has all its sums.
struct Array {
  std::size_t rows{}, columns{};
  std::int64_t last_cycle{-1};  // counted from 0, of the last product that belonged to a result

  void run(const Matrix& a, const Matrix& b, std::size_t from_m, std::size_t from_n, Matrix& result) {
    const std::size_t k = b.size();
    std::vector<std::vector<Element>> grid(rows, std::vector<Element>(columns));
    for (std::size_t cycle = 0; grid[rows - 1][columns - 1].products < k; ++cycle, ++last_cycle) {
      const auto before = grid;
      for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
          auto& here = grid[i][j];
          const bool live = cycle >= i + j && cycle - i - j < k;
          const bool a_row = from_m + i < a.size(), b_column = from_n + j < b[0].size();
          const auto at_edge = [&](std::size_t late) { return cycle - late; };
          here.left = j > 0 ? before[i][j - 1].left : live && a_row ? a[from_m + i][at_edge(i)] : 0;
          here.above = i > 0 ? before[i - 1][j].above : live && b_column ? b[at_edge(j)][from_n + j] : 0;
          if (!live) continue;
          here.sum += here.left * here.above;
          ++here.products;
        }
      }
    }
    for (std::size_t i = 0; i < rows && from_m + i < a.size(); ++i)
      for (std::size_t j = 0; j < columns && from_n + j < b[0].size(); ++j)
        result[from_m + i][from_n + j] = grid[i][j].sum;
  }
};

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c(a.size(), std::vector<std::int64_t>(b[0].size(), 0));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b[0].size(); ++j)
      for (std::size_t l = 0; l < b.size(); ++l) c[i][j] += a[i][l] * b[l][j];
  return c;
}

}  // namespace

TEST_CASE("a systolic array takes the cycles of its closed form, and multiplies") {
  const auto [m, n, k, rows, columns] =
      GENERATE(table<std::size_t, std::size_t, std::size_t, std::size_t, std::size_t>({{1, 1, 1, 1, 1},
                                                                                       {4, 4, 9, 4, 4},
                                                                                       {5, 7, 3, 2, 3},
                                                                                       {8, 3, 16, 3, 5},
                                                                                       {9, 10, 1, 4, 2},
                                                                                       {2, 2, 5, 4, 8}}));
  const auto a = numbered(m, k, 3), b = numbered(k, n, 5);
  Matrix c(m, std::vector<std::int64_t>(n));
  Array array{rows, columns};
  for (std::size_t i = 0; i < m; i += rows)
    for (std::size_t j = 0; j < n; j += columns) array.run(a, b, i, j, c);
  CHECK(c == product(a, b));
  const auto real = [](std::size_t count) { return static_cast<double>(count); };
  CHECK(marquetry::operators::systolic_cycles(real(m), real(n), real(k), real(rows), real(columns)) ==
        real(static_cast<std::size_t>(array.last_cycle)));
}
