// The exact inverse where every layer is the same all over and there are no hubs: each cosine wave of the
// plane is a ladder through the layers of its own.
#pragma once

#include <optional>
#include <vector>

#include "conduction/cosine.h"
#include "conduction/solver.h"

namespace marquetry::conduction {

// What a layer conducts: between neighbours, to the layer above, and to ground, with what stands on the
// diagonal.
struct LayerMeans {
  double right{}, up{}, above{}, drain{};
};

// Nothing where some layer is not the same all over, as near as rounding has it, or there are hubs.
std::optional<std::vector<LayerMeans>> uniform_layers(const Grid& grid, const Field& diagonal);

class Layered {
 public:
  Layered(const Shape& shape, std::vector<LayerMeans> layers);

  std::size_t cells() const { return shape_.cells(); }

  // The potential to start from is not used.
  Outcome solve(const std::vector<double>& source, std::vector<double>& potential, const Request& request);

  // x = A^-1 b
  void apply(const std::vector<double>& b, std::vector<double>& x) const;

  // What a source of 1 in each cell leads to, at most and proved; infinite where it is not.
  double largest_flat() const;

 private:
  void residual(const std::vector<double>& b, const std::vector<double>& x, std::vector<double>& out) const;

  Shape shape_{};
  std::vector<LayerMeans> layers_{};
  CosineTransform waves_;
  std::vector<double> inverse_{};  // of the pivots, by layer and wave
  bool positive_{true};            // all of them: the matrix is positive definite
  double conducts_{};              // the largest of its diagonal
  std::vector<double> left_{}, mend_{};
};

}  // namespace marquetry::conduction
