// Every block holds a square of its shorter side about its centre, and squares that keep the gap g do not
// overlap when each is widened by g/2. So the centres of k blocks lie in a box a x b with
// (a + m)(b + m) >= sum of squares, m the mean of the two largest sides.
#include "floorplan/bound.h"

#include <algorithm>
#include <cmath>

#include "floorplan/exact_symmetry.h"

namespace marquetry::floorplan {
namespace {

double shorter_side(const Block& block) {
  if (!block.soft) return static_cast<double>(std::min(block.size.width, block.size.height));
  const double steepest = std::max(block.soft->largest_aspect, 1 / std::max(block.soft->least_aspect, 1e-9));
  return std::sqrt(block.soft->area / std::max(1.0, steepest));
}

double area_of(const Block& block) { return block.soft ? block.soft->area : geometry::area(block.size); }

}  // namespace

double least_half_perimeter(const Problem& problem, std::span<const std::size_t> blocks) {
  std::vector<double> sides;
  double least = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    sides.push_back(shorter_side(problem.blocks[blocks[i]]));
    for (std::size_t j = 0; j < i; ++j) {
      if (blocks[i] == blocks[j]) continue;
      const auto gap = static_cast<double>(exact::gap_between(problem, blocks[i], blocks[j]));
      least = std::max(least, (sides[i] + sides[j]) / 2 + gap);
    }
  }
  std::ranges::sort(sides, std::greater{});
  double squares = 0;
  for (const double s : sides) squares += s * s;
  if (sides.size() > 2) least = std::max(least, 2 * std::sqrt(squares) - (sides[0] + sides[1]));
  return least;
}

double area_bound(const Problem& problem) {
  double sum = 0;
  for (const auto& block : problem.blocks) sum += area_of(block);
  return sum;
}

double wire_bound(const Problem& problem) {
  double sum = 0;
  for (const auto& net : problem.nets) {
    (void)net;
  }
  return sum;
}

double bound(const Problem& problem) {
  return problem.objective.wire * wire_bound(problem) + problem.objective.area * area_bound(problem);
}

}  // namespace marquetry::floorplan
