// A 2.5D package straight as a grid: substrate, bumps, silicon interposer, micro-bumps, dies in underfill,
// thermal paste, spreader and sink, as TAP-2.5D stacks them; beside them, if wanted, the parts of spreader
// and sink beyond the footprint, as twelve hubs. What tests and benchmarks of solvers are made of.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "conduction/grid.h"

namespace marquetry::test {

struct Die {
  double x{}, y{}, width{}, height{}, power{};  // mm, W
};

struct Package {
  conduction::Grid grid{};
  conduction::Field source{};
};

inline std::vector<Die> eight_dies() {  // 755 W
  return {{3, 3, 14, 16, 220}, {19, 3, 14, 16, 220}, {3, 27, 14, 16, 140}, {19, 27, 14, 16, 115},
          {35, 4, 8, 11, 15},  {35, 17, 8, 11, 15},  {35, 30, 8, 11, 15},  {44, 36, 5, 12, 15}};
}

constexpr double package_side = 50;  // mm

// W/K, W. `hubs`: twelve nodes of spreader and sink, else all heat leaves through the sink above the
// footprint.
inline Package package(std::size_t cells, const std::vector<Die>& dies, bool hubs) {
  struct Layer {
    double thickness, outside, inside;  // m, W/(m K) beside and within the dies' outlines
  };
  const std::array<Layer, 8> layers{{{200e-6, 0.9, 0.9},
                                     {70e-6, 1.7, 4.5},
                                     {110e-6, 120, 120},
                                     {20e-6, 1.6, 5.2},
                                     {150e-6, 1.6, 117},
                                     {20e-6, 4, 4},
                                     {1e-3, 400, 400},
                                     {6.9e-3, 400, 400}}};
  const double cell = package_side * 1e-3 / static_cast<double>(cells), area = cell * cell;
  Package out{.grid = {.shape = {cells, cells, layers.size()}}};
  auto& grid = out.grid;
  const auto count = grid.shape.cells();
  for (auto* v : {&grid.right, &grid.up, &grid.above, &grid.ground, &out.source.cells}) v->assign(count, 0.0);
  std::vector<double> covered(grid.shape.plane()), k(count);
  const double step = package_side / static_cast<double>(cells);
  const auto overlap = [&](double low, double size, std::size_t i) {
    const double begin = step * static_cast<double>(i), end = begin + step;
    return std::max(0.0, std::min(low + size, end) - std::max(low, begin)) / step;
  };
  for (const auto& die : dies)
    for (std::size_t r = 0; r < cells; ++r)
      for (std::size_t c = 0; c < cells; ++c) {
        const double share = overlap(die.x, die.width, c) * overlap(die.y, die.height, r);
        covered[r * cells + c] += share;
        out.source.cells[grid.shape.cell(4, r, c)] +=
            die.power * share * step * step / (die.width * die.height);
      }
  for (std::size_t l = 0; l < layers.size(); ++l)
    for (std::size_t i = 0; i < covered.size(); ++i)
      k[l * covered.size() + i] = layers[l].outside + covered[i] * (layers[l].inside - layers[l].outside);
  for (std::size_t l = 0; l < layers.size(); ++l)
    for (std::size_t r = 0; r < cells; ++r)
      for (std::size_t c = 0; c < cells; ++c) {
        const auto i = grid.shape.cell(l, r, c);
        const double t = layers[l].thickness;
        const auto beside = [&](std::size_t j) { return 2 * t * k[i] * k[j] / (k[i] + k[j]); };
        if (c + 1 < cells) grid.right[i] = beside(i + 1);
        if (r + 1 < cells) grid.up[i] = beside(i + cells);
        if (l + 1 < layers.size())
          grid.above[i] = area / (t / (2 * k[i]) + layers[l + 1].thickness / (2 * k[i + grid.shape.plane()]));
      }
  const double sink_side = 0.1, spreader_side = 0.075, side = package_side * 1e-3, convection = 0.1;  // K/W
  for (std::size_t i = 0; i < grid.shape.plane(); ++i)
    grid.ground[7 * grid.shape.plane() + i] =
        1 / (6.9e-3 / (2 * 400 * area) + convection * (hubs ? sink_side * sink_side : side * side) / area);
  if (!hubs) return out;
  // the balance of a square footprint; reference: HotSpot's package model, Skadron et al., ISCA 2003
  const auto n = static_cast<double>(cells);
  const double ring = (spreader_side - side) / 4, k_cu = 400;
  const double across_spreader = ring / (k_cu * (spreader_side + 3 * side) / 4 * 1e-3),
               across_sink = ring / (k_cu * (spreader_side + 3 * side) / 4 * 6.9e-3);
  const double under_spreader = (spreader_side + side) * (spreader_side - side) / 4;
  const double beyond = (sink_side * sink_side - spreader_side * spreader_side) / 4;
  const double outward =
      ring / (k_cu * (3 * spreader_side + side) / 4 * 6.9e-3) +
      (sink_side - spreader_side) / 4 / (k_cu * (sink_side + 3 * spreader_side) / 4 * 6.9e-3);
  const auto to_ambient = [&](double of) {
    return 1 / (6.9e-3 / (k_cu * of) + convection * sink_side * sink_side / of);
  };
  grid.hubs.resize(12);
  for (std::size_t h = 0; h < 12; ++h) grid.hubs[h].name = "package " + std::to_string(h);
  for (std::size_t side_index = 0; side_index < 4; ++side_index) {
    const auto tie = [&](std::size_t hub, std::size_t layer, double resistance) {
      for (std::size_t i = 0; i < cells; ++i) {
        const std::size_t edge = side_index % 2 == 0 ? 0 : cells - 1;
        const auto at = side_index < 2 ? grid.shape.cell(layer, i, edge) : grid.shape.cell(layer, edge, i);
        const double half = 1 / (2 * k_cu * layers[layer].thickness);
        grid.hubs[hub].cells.push_back({at, 1 / (half + n * resistance)});
      }
    };
    tie(side_index, 6, across_spreader);
    tie(4 + side_index, 7, across_sink);
    grid.hub_links.push_back({side_index, 4 + side_index, k_cu * under_spreader / 1e-3});
    grid.hub_links.push_back({4 + side_index, 8 + side_index, 1 / outward});
    grid.hubs[4 + side_index].ground = to_ambient(under_spreader);
    grid.hubs[8 + side_index].ground = to_ambient(beyond);
  }
  out.source.hubs.assign(12, 0.0);
  return out;
}

}  // namespace marquetry::test
