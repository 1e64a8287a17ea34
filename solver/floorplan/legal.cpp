#include "floorplan/legal.h"

#include <algorithm>
#include <numeric>

#include "floorplan/bound.h"

namespace marquetry::floorplan {
namespace {

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
  return size.width > 0 && size.height > 0 && geometry::area(size) >= block.soft->area * (1 - 1e-6) &&
         aspect >= block.soft->least_aspect * (1 - 1e-6) && aspect <= block.soft->largest_aspect * (1 + 1e-6);
}

// The gap of any two blocks, by block.
class Gaps {
 public:
  explicit Gaps(const Problem& problem)
      : usual_{problem.gap}, own_(problem.blocks.size()), widest_{problem.gap} {
    for (const auto& [a, b, gap] : problem.gaps) {
      own_[a].push_back({b, gap});
      own_[b].push_back({a, gap});
      widest_ = std::max(widest_, gap);
    }
  }
  Nanometre operator()(std::size_t a, std::size_t b) const {
    for (const auto& [other, its] : own_[a]) {
      if (other == b) return its;
    }
    return usual_;
  }
  Nanometre widest() const { return widest_; }

 private:
  Nanometre usual_{};
  std::vector<std::vector<std::pair<std::size_t, Nanometre>>> own_{};
  Nanometre widest_{};
};

bool keep_apart(const Problem& problem, const std::vector<geometry::Rect>& rects) {
  const Gaps gap{problem};
  std::vector<std::size_t> order(rects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t b) { return rects[b].low.x; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& rect = rects[order[i]];
    for (std::size_t j = i + 1; j < order.size() && rects[order[j]].low.x < rect.high.x + gap.widest(); ++j) {
      const auto wide = geometry::widened(rect, gap(order[i], order[j]));
      if (geometry::overlap(wide, rects[order[j]])) return false;
    }
  }
  return true;
}

}  // namespace

bool is_legal(const Problem& problem, const Floorplan& floorplan) {
  const std::size_t n = problem.blocks.size();
  if (floorplan.blocks.size() != n || floorplan.sizes.size() != n) return false;
  std::vector<geometry::Rect> rects;
  for (std::size_t b = 0; b < n; ++b) {
    const auto& at = floorplan.blocks[b];
    if (!fits_block(problem.blocks[b], at, floorplan.sizes[b])) return false;
    rects.push_back(geometry::outline(at, floorplan.sizes[b]));
    const auto& [low, high] = rects.back();
    if (low.x < 0 || low.y < 0) return false;
    if (problem.outline && (high.x > problem.outline->width || high.y > problem.outline->height))
      return false;
  }
  return keep_apart(problem, rects) && fits_aspect(problem, box(problem, floorplan));
}

bool has_no_room(const Problem& problem) {
  const std::size_t n = problem.blocks.size();
  const Gaps gaps{problem};
  for (std::size_t a = 0; a < n; ++a) {
    const auto& block = problem.blocks[a];
    if (block.soft) continue;
    if (!block.fixed && (block.rotations & 0b1111) == 0) return true;
    const auto fits = [&](geometry::Rotation r) {
      const Size size = geometry::turned(block.size, r);
      if (n == 1 && !fits_aspect(problem, size)) return false;
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
      const auto wide = geometry::widened(geometry::outline(*other.fixed, other.size), gaps(a, b));
      if (geometry::overlap(rect, wide)) return true;
    }
  }
  return problem.outline && area_bound(problem) > geometry::area(*problem.outline) * (1 + 1e-12);
}

}  // namespace marquetry::floorplan
