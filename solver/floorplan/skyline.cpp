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

// What the block for a notch is chosen by, beside its width: how much a top level with a neighbour's counts,
// and chance.
struct Taste {
  double level{};
  double chance{};
  Rng rng{0};
};

class Skyline {
 public:
  Skyline(const Problem& problem, Nanometre width, Nanometre gap, Taste taste)
      : problem_{problem}, gap_{gap}, taste_{taste} {
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
      if (const auto best = best_for(lowest)) {
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
  // Of the widest that fit, the one that wastes least.
  std::optional<Lying> best_for(std::size_t at) {
    const Step& step = steps_[at];
    const Nanometre width = step.to - step.from;
    auto next = waiting_.lower_bound(Lying{width + 1, 0, 0, Rotation::r0});
    std::optional<Lying> best;
    double least = 0;
    for (int i = 0; i < looked_at && next != waiting_.begin(); ++i) {
      --next;
      double waste = static_cast<double>(width - next->width);
      if (taste_.level > 0) waste += taste_.level * unevenness(at, step.height + next->height);
      if (taste_.chance > 0) waste += taste_.chance * taste_.rng.uniform() * static_cast<double>(width);
      if (best && waste >= least) continue;
      best = *next;
      least = waste;
    }
    return best;
  }
  // From the nearer of the neighbours' tops.
  double unevenness(std::size_t at, Nanometre top) const {
    Nanometre nearest = std::numeric_limits<Nanometre>::max();
    if (at > 0) nearest = std::abs(steps_[at - 1].height - top);
    if (at + 1 < steps_.size()) nearest = std::min(nearest, std::abs(steps_[at + 1].height - top));
    return steps_.size() == 1 ? 0 : static_cast<double>(nearest);
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
  static constexpr int looked_at = 12;
  Nanometre gap_{}, height_{};
  Taste taste_;
  std::vector<Step> steps_{};
  std::set<Lying> waiting_{};
  Floorplan plan_{};
};

// What all blocks take, with their gaps.
struct Extent {
  Nanometre gap{}, widest{};
  double area{};
};

std::optional<Extent> extent(const Problem& problem) {
  Extent all{.gap = problem.gap};
  for (const auto& pair : problem.gaps) all.gap = std::max(all.gap, pair.gap);
  for (const auto& block : problem.blocks) {
    if (block.fixed) return std::nullopt;
    const Size size{block.size.width + all.gap, block.size.height + all.gap};
    all.area += geometry::area(size);
    all.widest = std::max({all.widest, size.width, size.height});
  }
  return all;
}

// Of a strip whose filling, with that share of it dead, has the aspect.
Nanometre width_for(const Extent& all, double dead, double aspect) {
  return std::max(all.widest, static_cast<Nanometre>(std::sqrt(all.area * (1 + dead) * aspect)));
}

std::optional<Floorplan> laid(const Problem& problem, const Extent& all, Nanometre width,
                              const Taste& taste) {
  if (problem.outline && width > problem.outline->width + all.gap) return std::nullopt;
  Skyline line{problem, width, all.gap, taste};
  if (!line.run() || (problem.outline && line.height() > problem.outline->height + all.gap))
    return std::nullopt;
  return line.plan();
}

std::pair<double, double> aspects(const Problem& problem) {
  constexpr double longest = 1.5;  // of a box whose aspect is free
  const double low = std::max(problem.least_aspect, 1 / longest);
  return {low, problem.largest_aspect > 0 ? problem.largest_aspect : std::max(low, longest)};
}

}  // namespace

std::optional<Floorplan> skyline(const Problem& problem) {
  const auto all = extent(problem);
  if (!all) return std::nullopt;
  const auto [low, high] = aspects(problem);
  std::vector<Nanometre> widths;
  if (problem.outline) widths.push_back(problem.outline->width + all->gap);
  constexpr int tries = 16;
  for (int i = 0; i < tries; ++i) widths.push_back(width_for(*all, 0.01 * i, std::sqrt(low * high)));
  std::optional<Floorplan> best;
  double least = 0;
  for (const auto width : widths) {
    auto plan = laid(problem, *all, width, {});
    if (!plan) continue;
    const double its = objective(problem, *plan);
    if (best && its >= least) continue;
    best = std::move(plan);
    least = its;
  }
  return best;
}

std::optional<Floorplan> skyline_at_random(const Problem& problem, Rng rng) {
  const auto all = extent(problem);
  if (!all) return std::nullopt;
  const auto [low, high] = aspects(problem);
  const double aspect = low * std::pow(high / low, rng.uniform()), dead = 0.08 * rng.uniform();
  const double level = 2 * rng.uniform() * rng.uniform(), chance = 0.3 * rng.uniform() * rng.uniform();
  return laid(problem, *all, width_for(*all, dead, aspect), {level, chance, rng.fork(0)});
}

}  // namespace marquetry::floorplan
