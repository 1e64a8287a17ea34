#include "thermal/cell_slopes.h"

#include "thermal/package.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;

class Faces {
 public:
  Faces(const Stack& stack, const Assembled& assembled, std::span<const Layer> layers,
        std::span<const CellMaterials> materials, const Field& rise, const Field& adjoint)
      : grid_{assembled.grid},
        layers_{layers},
        k_{materials},
        rise_{rise.cells},
        adjoint_{adjoint.cells},
        width_{stack.width / static_cast<double>(grid_.shape.columns)},
        height_{stack.height / static_cast<double>(grid_.shape.rows)},
        area_{width_ * height_} {
    for (auto* list : {&out_.x, &out_.y, &out_.z}) list->resize(grid_.shape.cells());
    out_.thickness.resize(layers.size());
    out_.contact.resize(layers.size());
  }

  CellSlopes slopes(const Stack& stack) && {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      beside(l);
      if (l + 1 < layers_.size()) above(l);
    }
    const std::size_t top = layers_.size() - 1;
    out_.bottom_transfer = to_coolant(0, stack.bottom_transfer);
    if (stack.package) {
      const double side = stack.package->sink.side, film = stack.package->convection * side * side;
      // h = 1 / (R side^2): dh/dR = -1 / (R^2 side^2).
      out_.convection = -to_coolant(top, 1 / film) * side * side / (film * film);
    } else {
      out_.top_transfer = to_coolant(top, stack.top_transfer);
    }
    return std::move(out_);
  }

 private:
  double by_conductance(std::size_t i, std::size_t j) const {
    return -(adjoint_[i] - adjoint_[j]) * (rise_[i] - rise_[j]);
  }

  // g = 1 / (r_i + r_j), r = width / (2 k height t): dg/dk_i = g^2 r_i / k_i, dg/dt = g / t.
  void beside(std::size_t l) {
    const auto& [columns, rows, layers] = grid_.shape;
    const double t = layers_[l].thickness;
    const auto add = [&](std::size_t i, std::size_t j, double g, double ratio, const auto& k, auto& to) {
      const std::size_t base = l * grid_.shape.plane();
      const double by_g = by_conductance(base + i, base + j), factor = by_g * g * g * ratio / (2 * t);
      to[base + i] += factor / (k[i] * k[i]);
      to[base + j] += factor / (k[j] * k[j]);
      out_.thickness[l] += by_g * g / t;
    };
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t i = r * columns + c, at = l * grid_.shape.plane() + i;
        if (c + 1 < columns) add(i, i + 1, grid_.right[at], width_ / height_, k_[l].x, out_.x);
        if (r + 1 < rows) add(i, i + columns, grid_.up[at], height_ / width_, k_[l].y, out_.y);
      }
  }

  // g = 1 / (r_i + r_j + contact / area), r = t / (2 k area).
  void above(std::size_t l) {
    const auto plane = grid_.shape.plane();
    for (std::size_t c = 0; c < plane; ++c) {
      const std::size_t i = l * plane + c, j = i + plane;
      const double g = grid_.above[i], factor = by_conductance(i, j) * g * g / (2 * area_);
      half(l, c, factor);
      half(l + 1, c, factor);
      out_.contact[l] -= 2 * factor;
    }
  }
  void half(std::size_t l, std::size_t c, double factor) {
    const double k = k_[l].z[c];
    out_.z[l * grid_.shape.plane() + c] += factor * layers_[l].thickness / (k * k);
    out_.thickness[l] -= factor / k;
  }

  // g = 1 / (t / (2 k area) + 1 / (h area)); returns dJ/dh.
  double to_coolant(std::size_t l, double h) {
    const auto plane = grid_.shape.plane();
    double by_h = 0;
    for (std::size_t c = 0; c < plane; ++c) {
      const std::size_t i = l * plane + c;
      const double r = layers_[l].thickness / (2 * k_[l].z[c] * area_);
      const double part = 1 / (1 + h * area_ * r), by_g = -adjoint_[i] * rise_[i];
      const double g = h * area_ * part;
      by_h += by_g * area_ * part * part;
      half(l, c, by_g * g * g / (2 * area_));
    }
    return by_h;
  }

  const conduction::Grid& grid_;
  std::span<const Layer> layers_;
  std::span<const CellMaterials> k_;
  std::span<const double> rise_, adjoint_;
  double width_{}, height_{}, area_{};
  CellSlopes out_{};
};

}  // namespace

std::vector<Layer> grid_layers(const Stack& stack) {
  auto out = stack.layers;
  if (stack.package) {
    const auto& [spreader, sink, convection, capacity] = *stack.package;
    out.push_back({.name = "spreader", .thickness = spreader.thickness, .material = spreader.material});
    out.push_back({.name = "sink", .thickness = sink.thickness, .material = sink.material});
  }
  return out;
}

CellSlopes cell_slopes(const Stack& stack, const Assembled& assembled, std::span<const Layer> layers,
                       std::span<const CellMaterials> materials, const Field& rise, const Field& adjoint) {
  return Faces{stack, assembled, layers, materials, rise, adjoint}.slopes(stack);
}

double node_figure(const Stack& stack, const Assembled& assembled, const Field& rise, const Field& adjoint) {
  if (!stack.package) return 0;
  conduction::Grid grid{.shape = assembled.grid.shape};
  Field unused;
  add_package(stack, 1, grid, unused);
  double sum = 0;
  for (std::size_t h = 0; h < grid.hubs.size(); ++h) {
    const double t = rise.hubs[h], y = adjoint.hubs[h];
    sum -= grid.hubs[h].ground * y * t;
    for (const auto& [cell, g] : grid.hubs[h].cells)
      sum -= g * (adjoint.cells[cell] - y) * (rise.cells[cell] - t);
  }
  for (const auto& [a, b, g] : grid.hub_links)
    sum -= g * (adjoint.hubs[a] - adjoint.hubs[b]) * (rise.hubs[a] - rise.hubs[b]);
  return sum;
}

}  // namespace marquetry::thermal
