// Packages with PHYs, made in a few lines: a host with memories, a mesh of like dies.
#pragma once

#include "layout/problem.h"

namespace marquetry::test {

inline constexpr geometry::Nanometre millimetre = 1'000'000;

// One host of 20 x 20 mm, and stacks of 8 x 11 mm whose PHY is at their unturned bottom, within 2 mm of it.
inline layout::Problem host_with_memories(std::size_t stacks) {
  layout::Problem problem;
  problem.gap = 100'000;
  problem.edge = 500'000;
  problem.dies.push_back(
      {.name = "host", .size = {20 * millimetre, 20 * millimetre}, .power = 200, .kind = 0});
  for (std::size_t s = 0; s < stacks; ++s) {
    problem.dies.push_back({.name = "hbm" + std::to_string(s),
                            .size = {8 * millimetre, 11 * millimetre},
                            .power = 15,
                            .kind = 1,
                            .is_memory = true});
    problem.links.push_back({.name = "bus" + std::to_string(s),
                             .a = 0,
                             .b = s + 1,
                             .wires = 1024,
                             .phy = layout::Phy{.modules = 1,
                                                .width = 6 * millimetre,
                                                .depth = millimetre,
                                                .reach = 2 * millimetre,
                                                .wires = 1024,
                                                .side_b = geometry::Side::bottom,
                                                .faces = true}});
  }
  return problem;
}

// rows x columns dies of 10 x 8 mm, each linked to its neighbours within 1 mm.
inline layout::Problem mesh(std::size_t rows, std::size_t columns) {
  layout::Problem problem;
  problem.gap = 200'000;
  problem.edge = 500'000;
  for (std::size_t d = 0; d < rows * columns; ++d) {
    problem.dies.push_back(
        {.name = "tile" + std::to_string(d), .size = {10 * millimetre, 8 * millimetre}, .kind = d});
  }
  const auto link = [&](std::size_t a, std::size_t b) {
    problem.links.push_back(
        {.name = std::to_string(a) + "-" + std::to_string(b),
         .a = a,
         .b = b,
         .wires = 128,
         .phy = layout::Phy{
             .modules = 2, .width = millimetre, .depth = millimetre, .reach = millimetre, .wires = 64}});
  };
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      if (c + 1 < columns) link(r * columns + c, r * columns + c + 1);
      if (r + 1 < rows) link(r * columns + c, (r + 1) * columns + c);
    }
  }
  return problem;
}

}  // namespace marquetry::test
