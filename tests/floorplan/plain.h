// Floorplanning the slow and obvious way, for tests: it shares nothing with the solver but the problem's
// data.
#pragma once

#include <cmath>
#include <string>

#include "base/rng.h"
#include "floorplan/sequence_pair.h"
#include "floorplan/solve.h"

namespace marquetry::floorplan::plain {

inline Nanometre gap(const Problem& problem, std::size_t a, std::size_t b) {
  for (const auto& pair : problem.gaps) {
    if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) return pair.gap;
  }
  return problem.gap;
}

// What is wrong with a floorplan; empty: it is legal.
inline std::string fault(const Problem& problem, const Floorplan& floorplan) {
  if (floorplan.blocks.size() != problem.blocks.size()) return "another number of blocks";
  std::vector<geometry::Rect> rects;
  for (std::size_t i = 0; i < problem.blocks.size(); ++i) {
    const auto& block = problem.blocks[i];
    const auto& placement = floorplan.blocks[i];
    const auto name = "block " + std::to_string(i);
    if (block.fixed && !(placement == *block.fixed)) return name + " has left its place";
    if (!block.fixed && (block.rotations >> static_cast<int>(placement.rotation) & 1) == 0) {
      return name + " is turned as it must not be";
    }
    if (!block.soft && !(floorplan.sizes[i] == block.size)) return name + " has another size";
    const Size s = floorplan.sizes[i];
    if (block.soft) {
      const double aspect = static_cast<double>(s.width) / static_cast<double>(s.height);
      if (geometry::area(s) < block.soft->area || aspect < block.soft->least_aspect * (1 - 1e-6) ||
          aspect > block.soft->largest_aspect * (1 + 1e-6)) {
        return name + " has a shape it must not have";
      }
    }
    const bool quarter = placement.rotation == Rotation::r90 || placement.rotation == Rotation::r270;
    const Nanometre w = quarter ? s.height : s.width, h = quarter ? s.width : s.height;
    const Point low = placement.low;
    rects.push_back({low, {low.x + w, low.y + h}});
    if (problem.outline && !block.fixed &&
        (low.x < 0 || low.y < 0 || low.x + w > problem.outline->width ||
         low.y + h > problem.outline->height)) {
      return name + " is outside the outline";
    }
  }
  for (std::size_t i = 0; i < rects.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Nanometre dx = std::max(rects[i].low.x - rects[j].high.x, rects[j].low.x - rects[i].high.x);
      const Nanometre dy = std::max(rects[i].low.y - rects[j].high.y, rects[j].low.y - rects[i].high.y);
      if (std::max(dx, dy) < gap(problem, i, j)) {
        return "blocks " + std::to_string(j) + " and " + std::to_string(i) + " are too near";
      }
    }
  }
  if (!rects.empty()) {
    const Size b = box(problem, floorplan);
    const double aspect = static_cast<double>(b.width) / static_cast<double>(b.height);
    if (problem.least_aspect > 0 && aspect < problem.least_aspect) return "the box is too tall";
    if (problem.largest_aspect > 0 && aspect > problem.largest_aspect) return "the box is too wide";
  }
  return "";
}

inline Nanometre between(Rng& rng, Nanometre least, Nanometre most) {
  return least + static_cast<Nanometre>(rng.below(static_cast<std::uint64_t>(most - least + 1)));
}

// Blocks of 10 to 60, all turns allowed, twice as many nets as blocks, a net in four with a terminal.
inline Problem random_problem(std::size_t n, Rng& rng) {
  Problem problem;
  for (std::size_t i = 0; i < n; ++i) {
    Block block;
    block.size = {between(rng, 10, 60), between(rng, 10, 60)};
    block.kind = i;
    problem.blocks.push_back(block);
  }
  for (std::size_t e = 0; e < 2 * n; ++e) {
    Net net;
    net.weight = static_cast<double>(between(rng, 1, 3));
    const auto pins = between(rng, 2, 4);
    for (Nanometre k = 0; k < pins; ++k) {
      Pin pin;
      pin.block = static_cast<std::int32_t>(rng.below(n));
      const Size size = problem.blocks[static_cast<std::size_t>(pin.block)].size;
      pin.at = {between(rng, 0, size.width), between(rng, 0, size.height)};
      pin.at_centre = rng.below(2) == 0;
      net.pins.push_back(pin);
    }
    if (rng.below(4) == 0) net.pins.push_back({-1, {between(rng, 0, 200), between(rng, 0, 200)}, false});
    problem.nets.push_back(net);
  }
  return problem;
}

// The same, in a square of 1.4 times their area.
inline Problem roomy(std::size_t n, std::uint64_t seed) {
  Rng rng{seed};
  Problem problem = random_problem(n, rng);
  double area = 0;
  for (const auto& b : problem.blocks) area += geometry::area(b.size);
  const auto side = static_cast<Nanometre>(std::sqrt(1.4 * area));
  problem.outline = {side, side};
  return problem;
}

inline Floorplan standing(const Problem& problem) {  // all at the origin, unturned
  Floorplan floorplan;
  for (const auto& block : problem.blocks) {
    floorplan.blocks.push_back({});
    floorplan.sizes.push_back(block.size);
  }
  return floorplan;
}

}  // namespace marquetry::floorplan::plain
