// Small linear programs that are solved thousands of times, each with a row or two more than the last:
// minimise cost * x, x >= 0, rows `terms >= least`, cost >= 0. A dense dual simplex dictionary that holds a
// row only while it binds; the caller's list of rows is searched for violated ones instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace marquetry::floorplan::exact {

struct Term {
  std::size_t column{};
  double factor{};
};
struct Inequality {
  std::vector<Term> terms{};
  double least{};
};

using RowId = std::uint32_t;

struct Program {
  std::vector<double> cost{};     // by column, none negative
  std::vector<double> largest{};  // that a column can be in any solution that matters
  std::vector<Inequality> rows{};
  std::size_t always{};  // rows before this one hold everywhere, the others where they are named
};

double violation(const Inequality& row, std::span<const double> x);

class Dictionary {
 public:
  explicit Dictionary(const Program& program);

  enum class End { optimal, infeasible, above_cutoff, tired };
  // With the rows that always hold and those of `active`. Ends early where the value passes `cutoff`.
  End solve(const Program& program, std::span<const RowId> active, double cutoff);

  // What the duals prove from the original rows, whatever was lost by rounding in the dictionary.
  double proved(const Program& program) const;
  double value() const { return value_; }
  const std::vector<double>& point() const { return point_; }

 private:
  double* row(std::size_t r) { return table_.data() + r * (columns_ + 1); }
  const double* row(std::size_t r) const { return table_.data() + r * (columns_ + 1); }
  void read_point();
  void append(const Program& program, std::size_t id);
  bool pivot(std::size_t leaving);
  void drop(std::size_t r);

  std::size_t columns_{};
  double value_{};
  std::vector<double> table_{};          // a row each: its value, then the factors of the columns
  std::vector<double> reduced_{};        // costs of the columns
  std::vector<std::size_t> basic_{};     // by row: a column of the program, or columns_ + a row of it
  std::vector<std::size_t> outside_{};   // by column of the dictionary, likewise
  std::vector<std::ptrdiff_t> where_{};  // by column of the program: its row, or -1 - its column here
  std::vector<double> point_{};
};

}  // namespace marquetry::floorplan::exact
