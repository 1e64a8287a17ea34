#include "conduction/layered.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

constexpr double uniform = 4e-15;  // relative; what a layer's cells may differ by

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

std::optional<std::vector<LayerMeans>> uniform_layers(const Grid& grid, const Field& diagonal) {
  const auto& [columns, rows, layers] = grid.shape;
  const std::size_t cells = grid.shape.cells();
  if (cells == 0 || !grid.hubs.empty() || !diagonal.hubs.empty()) return std::nullopt;
  for (const auto* v : {&grid.right, &grid.up, &grid.above, &grid.ground})
    if (v->size() != cells) return std::nullopt;
  if (!diagonal.cells.empty() && diagonal.cells.size() != cells) return std::nullopt;
  std::vector<LayerMeans> out(layers);
  for (std::size_t l = 0; l < layers; ++l) {
    const std::size_t i = grid.shape.cell(l, 0, 0);
    auto& mean = out[l];
    const auto whole = [&](const std::vector<double>& v, std::size_t high, std::size_t wide, double& value) {
      if (high == 0 || wide == 0) return true;
      value = v[i];
      return value >= 0 && value < 1e300 && alike(v.data() + i, high, wide, columns);
    };
    if (!whole(grid.right, rows, columns - 1, mean.right) || !whole(grid.up, rows - 1, columns, mean.up) ||
        !whole(grid.ground, rows, columns, mean.drain))
      return std::nullopt;
    if (l + 1 < layers && !whole(grid.above, rows, columns, mean.above)) return std::nullopt;
    if (diagonal.cells.empty()) continue;
    if (!alike(diagonal.cells.data() + i, rows, columns, columns)) return std::nullopt;
    mean.drain += diagonal.cells[i];
  }
  return out;
}

// Thomas's factors, wave by wave; as for lines of cells without a difference.
Layered::Layered(const Shape& shape, std::vector<LayerMeans> layers)
    : shape_{shape}, layers_{std::move(layers)}, waves_{shape.columns, shape.rows} {
  const auto x = second_differences(shape.columns), y = second_differences(shape.rows);
  const std::size_t plane = shape.plane();
  inverse_.resize(shape.cells());
  std::vector<double> below(plane);
  double least = 1;
  for (std::size_t l = 0; l < shape.layers; ++l) {
    const auto& layer = layers_[l];
    const double under = l > 0 ? layers_[l - 1].above : 0;
    conducts_ =
        std::max(conducts_, std::abs(layer.drain) + layer.above + under + 2 * (layer.right + layer.up));
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

void Layered::apply(const std::vector<double>& b, std::vector<double>& x) const {
  const std::size_t plane = shape_.plane();
  const double scale = 1 / (4 * static_cast<double>(plane));
  for (std::size_t l = 0; l < shape_.layers; ++l) {
    const double* const source = b.data() + l * plane;
    const double* const inverse = inverse_.data() + l * plane;
    double* const own = x.data() + l * plane;
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
    double* const own = x.data() + l * plane;
    const double over = layers_[l].above;
    const double* const higher = l + 1 < shape_.layers ? own + plane : own;
    if (l + 1 < shape_.layers)
      for (std::size_t i = 0; i < plane; ++i) own[i] += over * inverse[i] * higher[i];
  }
  for (std::size_t l = 0; l < shape_.layers; ++l) waves_.backward(x.data() + l * plane);
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
  double leaves = 1;
  for (std::size_t l = 0; l < layers; ++l) {
    const auto& [right, up, above, drain] = layers_[l];
    const double under = l > 0 ? layers_[l - 1].above : 0, below = l > 0 ? level[l - 1] : 0,
                 over = l + 1 < layers ? level[l + 1] : 0;
    leaves = std::min(leaves, drain * level[l] + (above * (level[l] - over) + under * (level[l] - below)));
    if (!(level[l] > 0)) return std::numeric_limits<double>::infinity();
  }
  leaves -= 4 * uniform * conducts_ * most;
  return leaves > 0 && positive_ ? most / leaves : std::numeric_limits<double>::infinity();
}

void Layered::residual(const std::vector<double>& b, const std::vector<double>& x,
                       std::vector<double>& out) const {
  const std::size_t columns = shape_.columns, plane = shape_.plane();
  out.resize(b.size());
  for (std::size_t l = 0; l < shape_.layers; ++l) {
    const auto& [right, up, above, drain] = layers_[l];
    const double under = l > 0 ? layers_[l - 1].above : 0;
    for (std::size_t r = 0; r < shape_.rows; ++r) {
      const std::size_t i = shape_.cell(l, r, 0);
      const double* const own = x.data() + i;
      // itself where there is no neighbour
      const double *const higher = l + 1 < shape_.layers ? own + plane : own,
                          *const lower = l > 0 ? own - plane : own,
                          *const before = r > 0 ? own - columns : own,
                          *const behind = r + 1 < shape_.rows ? own + columns : own;
      const double* const source = b.data() + i;
      double* const left = out.data() + i;
      for (std::size_t c = 0; c < columns; ++c)
        left[c] = source[c] - drain * own[c] + (above * (higher[c] - own[c]) + under * (lower[c] - own[c])) +
                  up * ((before[c] - own[c]) + (behind[c] - own[c]));
      for (std::size_t c = 0; c + 1 < columns; ++c) left[c] += right * (own[c + 1] - own[c]);
      for (std::size_t c = 1; c < columns; ++c) left[c] += right * (own[c - 1] - own[c]);
    }
  }
}

// The bound counts what rounding may hide in the residual, and what the cells of a layer differ by.
Outcome Layered::solve(const std::vector<double>& b, std::vector<double>& x, const Request& request) {
  const std::size_t n = b.size();
  const auto size = [n](const std::vector<double>& v) {
    return lane_most(n, [&](std::size_t i) { return std::abs(v[i]); });
  };
  Outcome out;
  out.bound = std::numeric_limits<double>::infinity();
  if (!positive_) {
    const bool leaks = std::any_of(layers_.begin(), layers_.end(), [](const auto& l) { return l.drain < 0; });
    out.state = leaks ? State::indefinite : State::floating;
    return out;
  }
  if (request.stop && request.stop->load(std::memory_order_relaxed)) {
    out.state = State::interrupted;
    return out;
  }
  const double factor = largest_flat(), heaviest = size(b);
  const double all = lane_sum(n, [&](std::size_t i) { return std::abs(b[i]); });
  x.resize(n);
  if (heaviest == 0) {
    std::fill(x.begin(), x.end(), 0.0);
    if (request.certify && std::isfinite(factor)) out.bound = 0;
    return out;
  }
  apply(b, x);
  for (int round = 0;; ++round) {
    residual(b, x, left_);
    out.residual = size(left_);
    out.imbalance = std::abs(lane_sum(n, [&](std::size_t i) { return left_[i]; })) / all;
    const double floor = (8e-15 + 2 * uniform) * conducts_ * size(x) + 4e-16 * heaviest;
    out.estimate = out.residual * factor;
    if (request.certify) out.bound = (out.residual + floor) * factor;
    const double error = request.certify ? out.bound : out.estimate;
    if (error <= request.tolerance || out.residual <= floor || round == 3) return out;
    mend_.resize(n);
    apply(left_, mend_);
    for (std::size_t i = 0; i < n; ++i) x[i] += mend_[i];
  }
}

}  // namespace marquetry::conduction
