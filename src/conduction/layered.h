// The exact inverse where every layer is the same all over and there are no hubs: each cosine wave of the
// plane is a ladder through the layers of its own.
#pragma once

#include <optional>
#include <vector>

#include "conduction/cosine.h"
#include "conduction/operator.h"

namespace marquetry::conduction {

// What one layer conducts: between neighbours, to the layer above, and off.
struct LayerMeans {
  double right{}, up{}, above{}, drain{};
};

// Nothing where some layer is not uniform, or hubs are tied to cells.
std::optional<std::vector<LayerMeans>> uniform_layers(const Operator& matrix);

class Layered {
 public:
  Layered(const Shape& shape, std::size_t first, const std::vector<LayerMeans>& layers);

  // Every wave's ladder has positive pivots: the matrix is positive definite.
  bool positive() const { return positive_; }

  // x = A^-1 b, of the layers
  void apply(const Vector& b, Vector& x) const;

  // What a source of 1 in each cell leads to, at most and proved; infinite where it is not.
  double largest_flat() const;

 private:
  Shape shape_{};
  std::size_t first_{};
  std::vector<LayerMeans> layers_{};
  CosineTransform waves_;
  std::vector<double> inverse_{};  // of the pivots, by layer and wave
  bool positive_{true};
};

}  // namespace marquetry::conduction
