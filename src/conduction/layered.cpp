#include "conduction/layered.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace marquetry::conduction {
namespace {

constexpr double uniform = 1e-13;  // relative; what a layer's cells may differ by

// All of rows x columns numbers, the rows `pitch` apart, as equal as rounding leaves them.
bool alike(const double* from, std::size_t rows, std::size_t columns, std::size_t pitch) {
  const double first = from[0], apart = uniform * std::abs(first);
  for (std::size_t r = 0; r < rows; ++r) {
    bool same = true;
    for (std::size_t c = 0; c < columns; ++c) same &= std::abs(from[r * pitch + c] - first) <= apart;
    if (!same) return false;
  }
  return true;
}

// 4 sin^2(pi i / 2 n): what the second difference makes of cosine wave i of n cells
std::vector<double> second_differences(std::size_t n) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double s = std::sin(std::numbers::pi * static_cast<double>(i) / (2 * static_cast<double>(n)));
    out[i] = 4 * s * s;
  }
  return out;
}

}  // namespace

std::optional<std::vector<LayerMeans>> uniform_layers(const Operator& a) {
  const auto& [columns, rows, layers] = a.shape;
  if (a.hubs > 0) return std::nullopt;
  std::vector<LayerMeans> out(layers);
  for (std::size_t l = 0; l < layers; ++l) {
    const std::size_t i = a.first + a.shape.cell(l, 0, 0);
    if (columns > 1 && !alike(a.right.data() + i, rows, columns - 1, columns)) return std::nullopt;
    if (rows > 1 && !alike(a.up.data() + i, rows - 1, columns, columns)) return std::nullopt;
    if (!alike(a.above.data() + i, rows, columns, columns)) return std::nullopt;
    if (!alike(a.drain.data() + i, rows, columns, columns)) return std::nullopt;
    out[l] = {a.right[i], a.up[i], a.above[i], a.drain[i]};
  }
  return out;
}

// Thomas's factors, wave by wave; as for lines of cells without a difference.
Layered::Layered(const Shape& shape, std::size_t first, const std::vector<LayerMeans>& layers)
    : shape_{shape}, first_{first}, layers_{layers}, waves_{shape.columns, shape.rows} {
  const auto x = second_differences(shape.columns), y = second_differences(shape.rows);
  const std::size_t plane = shape.plane();
  inverse_.resize(shape.cells());
  std::vector<double> below(plane);
  double least = 1;
  for (std::size_t l = 0; l < shape.layers; ++l) {
    const auto& layer = layers[l];
    const double under = l > 0 ? layers[l - 1].above : 0;
    for (std::size_t r = 0; r < shape.rows; ++r) {
      const double* const before = inverse_.data() + (l > 0 ? l - 1 : l) * plane + r * shape.columns;
      double* const inverse = inverse_.data() + l * plane + r * shape.columns;
      double* const way = below.data() + r * shape.columns;  // what goes not up of the cell below
      const double across = layer.up * y[r] + layer.drain;
      for (std::size_t c = 0; c < shape.columns; ++c) {
        double drained = across + layer.right * x[c];
        if (l > 0) drained += under * (way[c] * before[c]);
        const double pivot = drained + layer.above;
        least = pivot < least ? pivot : least;
        way[c] = drained;
        inverse[c] = 1 / pivot;
      }
    }
  }
  positive_ = least > 0;
}

void Layered::apply(const Vector& b, Vector& x) const {
  const std::size_t plane = shape_.plane();
  const double scale = 1 / (4 * static_cast<double>(plane));
  for (std::size_t l = 0; l < shape_.layers; ++l) {
    const double* const source = b.data() + first_ + l * plane;
    const double* const inverse = inverse_.data() + l * plane;
    double* const own = x.data() + first_ + l * plane;
    const double under = l > 0 ? layers_[l - 1].above : 0;
    const double* const below = l > 0 ? own - plane : own;
    const bool heated = std::any_of(source, source + plane, [](double w) { return w != 0; });
    if (heated) {
      std::transform(source, source + plane, own, [scale](double w) { return w * scale; });
      waves_.forward(own);
    } else {
      std::fill(own, own + plane, 0.0);
    }
    if (l == 0)
      for (std::size_t i = 0; i < plane; ++i) own[i] *= inverse[i];
    else
      for (std::size_t i = 0; i < plane; ++i) own[i] = (own[i] + under * below[i]) * inverse[i];
  }
  for (std::size_t l = shape_.layers; l-- > 0;) {
    const double* const inverse = inverse_.data() + l * plane;
    double* const own = x.data() + first_ + l * plane;
    const double over = layers_[l].above;
    const double* const higher = l + 1 < shape_.layers ? own + plane : own;
    if (l + 1 < shape_.layers)
      for (std::size_t i = 0; i < plane; ++i) own[i] += over * inverse[i] * higher[i];
  }
  for (std::size_t l = 0; l < shape_.layers; ++l) waves_.backward(x.data() + first_ + l * plane);
}

double Layered::largest_flat() const {
  const std::size_t plane = shape_.plane(), layers = shape_.layers;
  std::vector<double> level(layers);
  for (std::size_t l = 0; l < layers; ++l)
    level[l] = (1 + (l > 0 ? layers_[l - 1].above * level[l - 1] : 0)) * inverse_[l * plane];
  for (std::size_t l = layers - 1; l-- > 0;)
    level[l] += layers_[l].above * inverse_[l * plane] * level[l + 1];
  // What leaves each cell is nearly 1; rounding, and what cells of a layer differ by, take some of it.
  const double most = *std::max_element(level.begin(), level.end());
  double leaves = 1, conducts = 0;
  for (std::size_t l = 0; l < layers; ++l) {
    const auto& [right, up, above, drain] = layers_[l];
    const double under = l > 0 ? layers_[l - 1].above : 0, below = l > 0 ? level[l - 1] : 0,
                 over = l + 1 < layers ? level[l + 1] : 0;
    leaves = std::min(leaves, drain * level[l] + (above * (level[l] - over) + under * (level[l] - below)));
    conducts = std::max(conducts, std::abs(drain) + above + under + 2 * (right + up));
    if (!(level[l] > 0)) return std::numeric_limits<double>::infinity();
  }
  leaves -= 4 * uniform * conducts * most;
  return leaves > 0 && positive_ ? most / leaves : std::numeric_limits<double>::infinity();
}

}  // namespace marquetry::conduction
