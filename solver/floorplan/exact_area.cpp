// Blocks are widened by the gap, and so is the box. All boxes up to an area are excluded by intervals of
// their width: nothing fits into the widest of them with the height of the tallest. That area grows, little
// waste first, since a box is the sooner excluded the less of it may stay empty; what is excluded is the
// bound.
#include "floorplan/exact_area.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/parallel.h"
#include "floorplan/exact_pack.h"
#include "floorplan/legal.h"

namespace marquetry::floorplan::exact {
namespace {

constexpr double first_waste = 1.0 / 512, share_of_waste = 0.1;
constexpr std::size_t most_rectangles = 24, intervals_a_round = 16, most_lengths = 500000;

struct Interval {
  Nanometre low{}, high{};  // widths of boxes, gap included
};

struct Outcome {
  enum class End { closed, divided, better, stopped } end{};
  std::optional<Floorplan> found{};
  std::uint64_t steps{};
};

class Boxes {
 public:
  explicit Boxes(const Problem& problem) : problem_{problem}, gap_{problem.gap}, rows_{rectangles(problem)} {
    Nanometre widest = 0;
    for (const auto& r : rows_.rectangles()) {
      total_ += static_cast<double>(r.width) * static_cast<double>(r.height);
      const auto [small, large] = std::minmax(r.width, r.height);
      const bool both = r.upright && r.turned;
      low_ = std::max(low_, both ? small : r.upright ? r.width : r.height);
      shortest_ = std::max(shortest_, both ? small : r.upright ? r.height : r.width);
      widest += large;
      free_ = free_ && (both || r.width == r.height);
    }
    high_ = widest;
    bool square = true;
    if (problem.outline) {
      high_ = std::min(high_, problem.outline->width + gap_);
      square = problem.outline->width == problem.outline->height;
    }
    has_aspect_ = problem.least_aspect > 0 || problem.largest_aspect > 0;
    if (has_aspect_) {  // a box is wider than a row of all blocks only where its height asks for it
      const double stretched = std::min(std::ceil(problem.least_aspect * static_cast<double>(widest)), 1e15);
      high_ = std::max(widest, static_cast<Nanometre>(stretched)) + gap_ + 1;
      if (problem.outline) high_ = std::min(high_, problem.outline->width + gap_);
    }
    free_ = free_ && square && !has_aspect_;
    if (!has_aspect_) make_lengths();
  }

  // Of a square box without waste, the gap not counted.
  double ideal() const {
    const double side = std::sqrt(total_) - static_cast<double>(gap_);
    return side * side;
  }

  // All widths that a box of an area below `area` can have, in pieces.
  std::vector<Interval> intervals(double area) const {
    std::vector<Interval> list;
    Nanometre end = high_;
    if (free_)
      end = std::min(end, static_cast<Nanometre>(std::sqrt(area)) + gap_ + 1);  // not wider than high
    const double side = std::sqrt(area) + static_cast<double>(gap_);
    const double waste = std::max(side * side / total_ - 1, 1e-6);
    for (Nanometre low = low_; low <= end;) {
      const auto step = static_cast<Nanometre>(static_cast<double>(low) * waste * share_of_waste);
      list.push_back({low, std::min(end, low + step)});
      low = list.back().high + 1;
    }
    return list;
  }

  Outcome fit(Size outline, const Limits& limits) const {
    const auto packing = packed({outline.width + gap_, outline.height + gap_}, limits, limits.steps);
    Outcome outcome;
    outcome.steps = packing.steps;
    if (packing.end == Packing::End::impossible) return outcome;
    outcome.end = Outcome::End::stopped;
    if (packing.end == Packing::End::stopped) return outcome;
    outcome.found = floorplan(packing);
    if (outcome.found) outcome.end = Outcome::End::better;
    return outcome;
  }

  // Looks for a floorplan in boxes of these widths with an area below `area`.
  Outcome search(Interval interval, double area, const Limits& limits, std::uint64_t steps) const {
    Outcome outcome;
    const Interval given = interval;
    if (!snap(interval)) return outcome;
    const auto box = largest(interval, area);
    if (!box || geometry::area(*box) < total_) return outcome;
    const auto packing = packed(*box, limits, steps);
    outcome.steps = packing.steps + 1;
    if (packing.end == Packing::End::impossible) return outcome;
    outcome.end = Outcome::End::stopped;
    if (packing.end == Packing::End::stopped) return outcome;
    if (given.low < given.high) outcome.end = Outcome::End::divided;
    auto found = floorplan(packing);
    if (found && geometry::area(floorplan::box(problem_, *found)) < area) {
      outcome.found = std::move(found);
      outcome.end = Outcome::End::better;
    }
    return outcome;
  }

 private:
  Packing packed(Size box, const Limits& limits, std::uint64_t steps) const {
    return pack(rows_, box,
                [&](std::uint64_t taken) { return !limits.reached(0) && (steps == 0 || taken < steps); });
  }

  // Upright (turn 0) or on its side; the box of one block alone cannot be stretched.
  static bool may_stand(const Problem& problem, const Block& block, int turn) {
    if ((block.rotations & (turn == 0 ? 0b0101 : 0b1010)) == 0) return false;
    if (problem.blocks.size() > 1) return true;
    const Floorplan alone{{{{}, geometry::rotations[static_cast<std::size_t>(turn)]}}, {block.size}};
    Problem free = problem;
    free.blocks[0].rotations = 0b1111;
    return is_legal(free, alone);
  }

  static std::vector<Rectangle> rectangles(const Problem& problem) {
    std::vector<Rectangle> list;
    for (const auto& b : problem.blocks) {
      list.push_back({b.size.width + problem.gap, b.size.height + problem.gap, may_stand(problem, b, 0),
                      may_stand(problem, b, 1)});
    }
    return list;
  }

  // In a packing pushed to the left every edge is at a sum of widths.
  void make_lengths() {
    std::vector<Nanometre> sums{0};
    for (const auto& r : rows_.rectangles()) {
      const std::size_t before = sums.size();
      for (std::size_t i = 0; i < before; ++i) {
        sums.push_back(sums[i] + r.width);
        sums.push_back(sums[i] + r.height);
      }
      std::ranges::sort(sums);
      sums.erase(std::unique(sums.begin(), sums.end()), sums.end());
      if (sums.size() > most_lengths) return;
    }
    lengths_ = std::move(sums);
  }
  Nanometre at_most(Nanometre length) const {
    if (lengths_.empty()) return length;
    return *std::prev(std::ranges::upper_bound(lengths_, length));
  }
  // To the lengths that a packing can have. False: none.
  bool snap(Interval& interval) const {
    if (lengths_.empty()) return true;
    const auto first = std::ranges::lower_bound(lengths_, interval.low);
    if (first == lengths_.end() || *first > interval.high) return false;
    interval = {*first, at_most(interval.high)};
    return true;
  }

  // Which holds every box of those widths that counts.
  std::optional<Size> largest(Interval interval, double area) const {
    const auto width = static_cast<double>(interval.low - gap_);
    double height = std::ceil(area / width) - 1;
    while (height * width >= area) height -= 1;
    if (problem_.least_aspect > 0) {
      height = std::min(height, std::floor(static_cast<double>(interval.high - gap_) / problem_.least_aspect *
                                           (1 + 1e-12)));
    }
    if (problem_.largest_aspect > 0 && height < width / problem_.largest_aspect * (1 - 1e-12))
      return std::nullopt;
    Nanometre high = static_cast<Nanometre>(std::min(height, 4e18)) + gap_;
    if (problem_.outline) high = std::min(high, problem_.outline->height + gap_);
    high = at_most(high);
    if (high < shortest_) return std::nullopt;
    return Size{interval.high, high};
  }

  std::optional<Floorplan> floorplan(const Packing& packing) const {
    Floorplan plan;
    for (std::size_t b = 0; b < problem_.blocks.size(); ++b) {
      const auto& spot = packing.spots[b];
      const auto& block = problem_.blocks[b];
      auto rotation = spot.turned ? geometry::Rotation::r90 : geometry::Rotation::r0;
      if (((block.rotations >> static_cast<int>(rotation)) & 1) == 0) {
        rotation = spot.turned ? geometry::Rotation::r270 : geometry::Rotation::r180;
      }
      plan.blocks.push_back({{spot.x, spot.y}, rotation});
      plan.sizes.push_back(block.size);
    }
    if (has_aspect_) stretch(plan);
    if (!is_legal(problem_, plan)) return std::nullopt;
    return plan;
  }

  // The block that ends last may always end later, which is how a box comes to a less extreme aspect.
  void stretch(Floorplan& plan) const {
    const Size box = floorplan::box(problem_, plan);
    const auto w = static_cast<double>(box.width), h = static_cast<double>(box.height);
    const double wider = std::ceil(problem_.least_aspect * h * (1 - 1e-13)) - w;
    const double higher =
        problem_.largest_aspect > 0 ? std::ceil(w / problem_.largest_aspect * (1 - 1e-13)) - h : 0;
    const auto end_x = [&](std::size_t b) { return geometry::outline(plan.blocks[b], plan.sizes[b]).high.x; };
    const auto end_y = [&](std::size_t b) { return geometry::outline(plan.blocks[b], plan.sizes[b]).high.y; };
    std::size_t right = 0, top = 0;
    for (std::size_t b = 1; b < plan.blocks.size(); ++b) {
      if (end_x(b) > end_x(right)) right = b;
      if (end_y(b) > end_y(top)) top = b;
    }
    if (wider > 0) plan.blocks[right].low.x += static_cast<Nanometre>(wider);
    if (higher > 0) plan.blocks[top].low.y += static_cast<Nanometre>(higher);
  }

  const Problem& problem_;
  Nanometre gap_{};
  Rows rows_;
  double total_{};
  Nanometre low_{}, high_{}, shortest_{};
  bool free_{true}, has_aspect_{};
  std::vector<Nanometre> lengths_{};
};

struct Search {
  const Boxes& boxes;
  const Limits& limits;
  Proof& proof;  // objective: an area here

  // Excludes every box below `area`, or lowers it to that of a floorplan found. False: stopped.
  bool exclude_below(double& area) {
    auto open = boxes.intervals(area);
    std::ranges::reverse(open);
    while (!open.empty()) {
      if (limits.reached(proof.steps)) return false;
      const std::size_t taken = std::min(intervals_a_round, open.size());
      const std::vector<Interval> round(open.rbegin(), open.rbegin() + static_cast<std::ptrdiff_t>(taken));
      open.resize(open.size() - taken);
      const std::uint64_t steps = limits.steps == 0 ? 0 : (limits.steps - proof.steps) / taken + 1;
      const auto outcomes = parallel::map(
          taken, limits.threads, [&](std::size_t i) { return boxes.search(round[i], area, limits, steps); });
      bool stopped = false;
      for (std::size_t i = 0; i < taken; ++i) {
        const auto& outcome = outcomes[i];
        proof.steps += outcome.steps;
        stopped = stopped || outcome.end == Outcome::End::stopped;
        if (outcome.found) keep(*outcome.found, area);
        if (outcome.end == Outcome::End::better) open.push_back(round[i]);
        if (outcome.end != Outcome::End::divided) continue;
        const Nanometre middle = std::midpoint(round[i].low, round[i].high);
        open.push_back({middle + 1, round[i].high});
        open.push_back({round[i].low, middle});
      }
      if (limits.done != nullptr) limits.done->store(proof.steps, std::memory_order_relaxed);
      if (stopped) return false;
    }
    return true;
  }

  void keep(const Floorplan& found, double& area) {
    const double here = geometry::area(floorplan::box(problem, found));
    if (here >= proof.objective) return;
    proof.objective = here;
    proof.best = found;
    area = std::min(area, here);
  }

  const Problem& problem;
};

}  // namespace

bool has_area_search(const Problem& problem) {
  return !problem.blocks.empty() && problem.blocks.size() <= most_rectangles && problem.gaps.empty() &&
         std::ranges::none_of(problem.blocks, [](const Block& b) { return b.soft || b.fixed; });
}

Proof fit_outline(const Problem& problem, const Limits& limits) {
  Proof proof;
  const auto outcome = Boxes{problem}.fit(*problem.outline, limits);
  proof.best = outcome.found;
  proof.steps = outcome.steps;
  proof.complete = outcome.end != Outcome::End::stopped;
  return proof;
}

Proof least_area(const Problem& problem, const Limits& limits, const std::optional<Floorplan>& incumbent) {
  const Boxes boxes{problem};
  Proof proof{incumbent, std::numeric_limits<double>::infinity(), 0, false, 0};
  if (incumbent) proof.objective = geometry::area(box(problem, *incumbent));
  Search search{boxes, limits, proof, problem};
  const double roof =
      problem.outline ? geometry::area(*problem.outline) + 1 : std::numeric_limits<double>::infinity();
  double waste = first_waste;
  while (!proof.complete && std::isfinite(waste)) {
    double area = std::min({proof.objective, roof, std::ceil(boxes.ideal() * (1 + waste))});
    if (!search.exclude_below(area)) break;
    proof.bound = area;
    proof.complete = area >= std::min(proof.objective, roof);
    waste *= 2;
  }
  return proof;
}

}  // namespace marquetry::floorplan::exact
