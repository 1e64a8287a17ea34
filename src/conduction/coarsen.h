// A grid of half as many columns or rows that conducts as the finer one does.
#pragma once

#include <cstddef>
#include <vector>

#include "conduction/operator.h"

namespace marquetry::conduction {

// Conductances in the order of the cells, scaled to at most about 1, and all that stands on the diagonal
// beside: ground, and ties to hubs.
struct Conductances {
  struct Tie {
    std::size_t cell{}, hub{};
    float conductance{};
  };

  Shape shape{};
  std::vector<float> right{}, up{}, above{}, drain{};
  std::vector<Tie> ties{};
};

// Negative terms on the diagonal are left out, so that what is made of it is always positive.
Conductances conductances(const Operator& matrix, double scale);

struct Halving {
  std::size_t columns{1}, rows{1};  // 2: halved
};

// Along which directions: both, or only that along which the conduction is more than twice as good.
Halving halving(const Conductances& fine);

Conductances coarsened(const Conductances& fine, Halving halving);

}  // namespace marquetry::conduction
