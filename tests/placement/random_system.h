// Random systems of dies with bump clumps and bundles of wires, such as TAP-2.5D places.
#pragma once

#include <cmath>

#include "base/rng.h"
#include "layout/problem.h"

namespace marquetry::test {

inline layout::Problem random_system(std::size_t dies, Rng rng) {
  constexpr geometry::Nanometre tenth = 100'000;
  layout::Problem problem;
  const auto side = [&] { return tenth * static_cast<geometry::Nanometre>(40 + rng.below(120)); };
  double area = 0;
  for (std::size_t d = 0; d < dies; ++d) {
    layout::Die die{.name = "die " + std::to_string(d), .size = {side(), side()}, .kind = d};
    die.ring = 45'000 * static_cast<geometry::Nanometre>(1 + rng.below(3));
    die.power = 10 + static_cast<double>(rng.below(100));
    auto& clumps = die.clumps.emplace();
    const double upright = 300 + static_cast<double>(rng.below(500)),
                 flat = 300 + static_cast<double>(rng.below(500));
    for (const auto s : geometry::sides) {
      clumps[index(s)] = {geometry::is_vertical(s) ? upright : flat, die.ring / 2};
    }
    area += geometry::area(geometry::Size{die.size.width + 2 * die.ring, die.size.height + 2 * die.ring});
    problem.dies.push_back(die);
  }
  for (std::size_t d = 1; d < dies; ++d) {
    problem.links.push_back({.name = "link " + std::to_string(d),
                             .a = static_cast<std::size_t>(rng.below(d)),
                             .b = d,
                             .wires = 2 * static_cast<double>(20 + rng.below(130))});
  }
  const auto across = static_cast<geometry::Nanometre>(1.5 * std::sqrt(area));
  problem.edge = 500'000;
  problem.carrier.fixed = geometry::Size{across, across};
  return problem;
}

}  // namespace marquetry::test
