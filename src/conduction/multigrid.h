// About the inverse of a grid's matrix, in single precision: one V-cycle of a multigrid over rows and
// columns. The preconditioner of conjugate gradients: linear, symmetric, positive, the same each time.
//
// All layers above one another are solved together, as thin layers tie them closely (line relaxation,
// Trottenberg, Oosterlee & Schueller, Multigrid, 2001, 5.2); lines of one colour of the checkerboard at a
// time. Rows and columns are halved together, or only those along which conduction is the better.
#pragma once

#include <span>
#include <vector>

#include "conduction/operator.h"

namespace marquetry::conduction {

// A grid of one coarseness. Each row is kept by colour, first the cells of even columns, then of odd ones,
// each half layer by layer, with an empty cell at both ends; and an empty row before and behind. So all loops
// are over neighbouring numbers.
struct MultigridLevel {
  struct Tie {
    std::size_t cell{}, hub{};
    float conductance{};
  };

  Shape shape{};
  std::size_t stride{}, half{}, row{};          // distance of layers, of colours, of rows
  std::size_t halve_columns{1}, halve_rows{1};  // 2: by the next level
  std::vector<float> right{}, up{}, above{};
  std::vector<float> inverse{}, back{};  // of the factored lines
  std::vector<float> x{}, b{};
  std::vector<Tie> ties{};

  std::size_t place(std::size_t layer, std::size_t r, std::size_t c) const {
    return (r + 1) * row + (c % 2) * half + layer * stride + c / 2 + 1;
  }
  std::size_t width(std::size_t colour) const { return (shape.columns + 1 - colour) / 2; }
};

class Multigrid {
 public:
  // What was made for another matrix is made use of.
  void make(const Operator& matrix);

  // z = about A^-1 r
  void apply(const Vector& r, Vector& z);

 private:
  void descend(std::size_t level);
  void solve_coarsest();
  void relax_hubs(MultigridLevel& level);

  Shape shape_{};
  std::size_t first_{}, hubs_{};
  double scale_{1};
  std::vector<MultigridLevel> levels_{};
  std::vector<float> hub_x_{}, hub_b_{};  // by level, hubs_ of each
  std::vector<float> hub_inverse_{};      // of the hubs among themselves
  std::vector<float> coarsest_inverse_{};
  std::vector<float> row_{};
};

// Steps of the V-cycle. `lateral`: what flows in from the neighbours beside is counted in.
void relax(MultigridLevel& level, std::size_t r, std::size_t colour, bool lateral);
void restrict_residual(MultigridLevel& fine, MultigridLevel& coarse, std::span<float> row);
void prolong(const MultigridLevel& coarse, MultigridLevel& fine, std::span<float> row);

}  // namespace marquetry::conduction
