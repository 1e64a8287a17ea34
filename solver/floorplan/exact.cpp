#include "floorplan/exact.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "floorplan/bound.h"
#include "floorplan/exact_wire.h"

namespace marquetry::floorplan {
namespace {

using exact::gap_between;

bool fits_aspect(const Problem& problem, Size box) {
  const auto w = static_cast<double>(box.width), h = static_cast<double>(box.height);
  const double slack = 1 + 1e-12;
  return (problem.least_aspect <= 0 || w * slack >= problem.least_aspect * h) &&
         (problem.largest_aspect <= 0 || w <= problem.largest_aspect * h * slack);
}

bool fits_block(const Block& block, const Placement& p, Size size) {
  if (block.fixed && (*block.fixed != p)) return false;
  if (!block.fixed && ((block.rotations >> static_cast<int>(p.rotation)) & 1) == 0) return false;
  if (!block.soft) return size == block.size;
  const double aspect = static_cast<double>(size.width) / static_cast<double>(size.height);
  return size.width > 0 && size.height > 0 && geometry::area(size) >= block.soft->area * (1 - 1e-9) &&
         aspect >= block.soft->least_aspect * (1 - 1e-6) && aspect <= block.soft->largest_aspect * (1 + 1e-6);
}

// No search is needed to see that these do not fit.
bool hopeless(const Problem& problem) {
  const std::size_t n = problem.blocks.size();
  for (std::size_t a = 0; a < n; ++a) {
    const auto& block = problem.blocks[a];
    if (block.soft) continue;
    if (!block.fixed && (block.rotations & 0b1111) == 0) return true;
    const auto fits = [&](geometry::Rotation r) {
      const Size size = geometry::turned(block.size, r);
      return ((block.rotations >> static_cast<int>(r)) & 1) != 0 &&
             (!problem.outline ||
              (size.width <= problem.outline->width && size.height <= problem.outline->height));
    };
    if (!block.fixed && std::ranges::none_of(geometry::rotations, fits)) return true;
    if (!block.fixed) continue;
    const auto rect = geometry::outline(*block.fixed, block.size);
    if (rect.low.x < 0 || rect.low.y < 0) return true;
    if (problem.outline && (rect.high.x > problem.outline->width || rect.high.y > problem.outline->height))
      return true;
    for (std::size_t b = 0; b < a; ++b) {
      const auto& other = problem.blocks[b];
      if (!other.fixed || other.soft) continue;
      const auto wide =
          geometry::widened(geometry::outline(*other.fixed, other.size), gap_between(problem, a, b));
      if (geometry::overlap(rect, wide)) return true;
    }
  }
  return problem.outline && area_bound(problem) > geometry::area(*problem.outline) * (1 + 1e-12);
}

}  // namespace

bool is_legal(const Problem& problem, const Floorplan& floorplan) {
  const std::size_t n = problem.blocks.size();
  if (floorplan.blocks.size() != n || floorplan.sizes.size() != n) return false;
  std::vector<geometry::Rect> rects;
  for (std::size_t a = 0; a < n; ++a) {
    const auto& p = floorplan.blocks[a];
    const auto rect = geometry::outline(p, floorplan.sizes[a]);
    if (!fits_block(problem.blocks[a], p, floorplan.sizes[a])) return false;
    if (rect.low.x < 0 || rect.low.y < 0) return false;
    if (problem.outline && (rect.high.x > problem.outline->width || rect.high.y > problem.outline->height)) {
      return false;
    }
    for (std::size_t b = 0; b < a; ++b) {
      if (geometry::overlap(rect, geometry::widened(rects[b], gap_between(problem, a, b)))) return false;
    }
    rects.push_back(rect);
  }
  return fits_aspect(problem, box(problem, floorplan));
}

Result prove(const Problem& problem, const Options& options, const std::optional<Floorplan>& incumbent) {
  Result result;
  if (hopeless(problem)) {
    result.bound = result.objective = std::numeric_limits<double>::infinity();
    result.proved = true;
    return result;
  }
  const double seconds = std::clamp(options.budget.seconds, 0.0, 1e8);
  const exact::Limits limits{exact::Clock::now() + std::chrono::duration_cast<exact::Clock::duration>(
                                                       std::chrono::duration<double>{seconds}),
                             options.budget.steps, options.budget.stop, options.budget.done, options.threads};
  auto start = incumbent;
  if (start && !is_legal(problem, *start)) start.reset();
  const bool hard = std::ranges::none_of(problem.blocks, [](const Block& b) { return b.soft.has_value(); });
  exact::Proof proof{start, start ? objective(problem, *start) : std::numeric_limits<double>::infinity(), 0,
                     false, 0};
  if (hard && problem.objective.area == 0) proof = exact::least_wire(problem, limits, start);
  result.best = std::move(proof.best);
  result.objective = proof.objective;
  result.bound = std::min(proof.objective, std::max(proof.bound, bound(problem)));
  result.proved = proof.complete;
  result.steps = proof.steps;
  return result;
}

}  // namespace marquetry::floorplan
