#include "floorplan/skyline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace marquetry::floorplan {
namespace {

// Places as [from, to) at a height, from left to right, with no gap between them.
struct Step {
  Nanometre from{}, to{}, height{};
};

// A way to lay down a block, its gap included.
struct Lying {
  Nanometre width{}, height{};
  std::size_t block{};
  Rotation rotation{};
  friend auto operator<=>(const Lying& a, const Lying& b) = default;
};

class Skyline {
 public:
  Skyline(const Problem& problem, Nanometre width, Nanometre gap) : problem_{problem}, gap_{gap} {
    steps_.push_back({0, width, 0});
    for (std::size_t b = 0; b < problem.blocks.size(); ++b) {
      for (const auto& lying : ways(b)) waiting_.insert(lying);
    }
    plan_.blocks.resize(problem.blocks.size());
    for (const auto& block : problem.blocks) plan_.sizes.push_back(block.size);
  }

  // Whether all found a place.
  bool run() {
    while (!waiting_.empty()) {
      const std::size_t lowest = lowest_step();
      const Step step = steps_[lowest];
      if (const auto best = best_for(step.to - step.from)) {
        lay(lowest, *best);
      } else if (steps_.size() == 1) {
        return false;  // wider than everything
      } else {
        fill(lowest);
      }
    }
    return true;
  }
  Nanometre height() const { return height_; }
  const Floorplan& plan() const { return plan_; }

 private:
  std::vector<Lying> ways(std::size_t b) const {
    std::vector<Lying> ways;
    for (const auto rotation : geometry::rotations) {
      if ((problem_.blocks[b].rotations >> static_cast<int>(rotation) & 1) == 0) continue;
      const Size size = geometry::turned(problem_.blocks[b].size, rotation);
      const bool known = std::any_of(ways.begin(), ways.end(), [&](const Lying& way) {
        return way.width == size.width + gap_ && way.height == size.height + gap_;
      });
      if (!known) ways.push_back({size.width + gap_, size.height + gap_, b, rotation});
    }
    return ways;
  }
  std::size_t lowest_step() const {
    std::size_t lowest = 0;
    for (std::size_t i = 1; i < steps_.size(); ++i) {
      if (steps_[i].height < steps_[lowest].height) lowest = i;
    }
    return lowest;
  }
  // The widest that fits, of those the highest.
  std::optional<Lying> best_for(Nanometre width) const {
    const auto after = waiting_.lower_bound(Lying{width + 1, 0, 0, Rotation::r0});
    if (after == waiting_.begin()) return std::nullopt;
    return *std::prev(after);
  }
  void lay(std::size_t at, const Lying& lying) {
    Step& step = steps_[at];
    plan_.blocks[lying.block] = {{step.from, step.height}, lying.rotation};
    height_ = std::max(height_, step.height + lying.height);
    const Step top{step.from, step.from + lying.width, step.height + lying.height};
    step.from += lying.width;
    if (step.from == step.to) {
      step = top;
    } else {
      steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(at), top);
    }
    for (const auto& way : ways(lying.block)) waiting_.erase(way);
    merge();
  }
  // Nothing fits: up to the lower of the two neighbours.
  void fill(std::size_t at) {
    Nanometre height = std::numeric_limits<Nanometre>::max();
    if (at > 0) height = steps_[at - 1].height;
    if (at + 1 < steps_.size()) height = std::min(height, steps_[at + 1].height);
    steps_[at].height = height;
    merge();
  }
  void merge() {
    std::vector<Step> merged;
    for (const auto& step : steps_) {
      if (!merged.empty() && merged.back().height == step.height) {
        merged.back().to = step.to;
      } else {
        merged.push_back(step);
      }
    }
    steps_ = std::move(merged);
  }

  const Problem& problem_;
  Nanometre gap_{}, height_{};
  std::vector<Step> steps_{};
  std::set<Lying> waiting_{};
  Floorplan plan_{};
};

}  // namespace

std::optional<Floorplan> skyline(const Problem& problem) {
  Nanometre gap = problem.gap, widest = 0;
  for (const auto& pair : problem.gaps) gap = std::max(gap, pair.gap);
  double area = 0;
  for (const auto& block : problem.blocks) {
    if (block.fixed) return std::nullopt;
    area += geometry::area(Size{block.size.width + gap, block.size.height + gap});
    widest = std::max({widest, block.size.width + gap, block.size.height + gap});
  }
  std::vector<Nanometre> widths;
  if (problem.outline) widths.push_back(problem.outline->width + gap);
  const double low = std::max(problem.least_aspect, 0.5);
  const double high = problem.largest_aspect > 0 ? problem.largest_aspect : std::max(low, 2.0);
  constexpr int tries = 16;
  for (int i = 0; i < tries; ++i) {
    const double aspect = std::sqrt(low * high), dead = 1 + 0.01 * i;
    widths.push_back(std::max(widest, static_cast<Nanometre>(std::sqrt(area * dead * aspect))));
  }
  std::optional<Floorplan> best;
  double least = std::numeric_limits<double>::infinity();
  for (const auto width : widths) {
    Skyline line{problem, width, gap};
    if (problem.outline && width > problem.outline->width + gap) continue;
    if (!line.run() || (problem.outline && line.height() > problem.outline->height + gap)) continue;
    const double its = objective(problem, line.plan());
    if (its >= least) continue;
    best = line.plan();
    least = its;
  }
  return best;
}

}  // namespace marquetry::floorplan
