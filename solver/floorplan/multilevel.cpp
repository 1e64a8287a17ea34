#include "floorplan/multilevel.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "floorplan/skyline.h"
#include "floorplan/tight.h"

namespace marquetry::floorplan {
namespace {

using Time = std::chrono::steady_clock::time_point;

// How a chain spends its time: a hasty run for an answer at all, a long one, and reheats of the best.
constexpr double hasty = 0.08, thorough = 0.55, reheat = 0.06;
constexpr double cheapest = 15, dearest = 100;  // price of overlap

struct Best {
  std::optional<Floorplan> plan{};
  double cost{};
};

class Chain {
 public:
  Chain(const Problem& problem, const Options& options, std::uint64_t allowed, Rng rng, Best start);
  void run();
  Best best{};
  std::uint64_t steps{};

 private:
  bool is_over() const;
  LooseCooling cooling(double share) const;
  LoosePlan anneal(const LoosePlan& from, const LooseCooling& cooling);
  bool settle(const LoosePlan& plan);
  void shrink(bool fitted);
  LoosePlan squeezed(LoosePlan plan) const;

  const Problem& problem_;
  const Budget& budget_;
  std::uint64_t allowed_;
  Rng rng_;
  Time start_{std::chrono::steady_clock::now()};
  bool shrinks_{};
  Size region_{};
  Size fitting_{};  // of the best
  double shrinkage_{0.02};
  double price_{20};
  std::uint64_t nth_{};
};

Size room(const Problem& problem) {
  if (!problem.outline) return {};
  return {problem.outline->width + problem.gap, problem.outline->height + problem.gap};
}

// A region with that share of it left over.
Size region_of(const Problem& problem, double spare) {
  double area = 0, longest = 0;
  for (const auto& block : problem.blocks) {
    const double width = static_cast<double>(block.size.width + problem.gap);
    const double height = static_cast<double>(block.size.height + problem.gap);
    area += width * height;
    longest = std::max({longest, std::min(width, height)});
  }
  double aspect = 1;
  if (problem.least_aspect > 1) aspect = problem.least_aspect;
  if (problem.largest_aspect > 0 && problem.largest_aspect < 1) aspect = problem.largest_aspect;
  area /= 1 - spare;
  Size size{static_cast<Nanometre>(std::max(longest, std::sqrt(area * aspect))), 0};
  const Size most = room(problem);
  if (problem.outline) size.width = std::min(size.width, most.width);
  size.height = static_cast<Nanometre>(area / static_cast<double>(std::max<Nanometre>(size.width, 1)));
  if (problem.outline && size.height > most.height) {
    size.height = most.height;
    size.width = std::min(most.width, static_cast<Nanometre>(area / static_cast<double>(size.height)));
  }
  return size;
}

Chain::Chain(const Problem& problem, const Options& options, std::uint64_t allowed, Rng rng, Best start)
    : best{std::move(start)},
      problem_{problem},
      budget_{options.budget},
      allowed_{allowed},
      rng_{rng},
      shrinks_{!problem.outline || problem.objective.area > 0},
      region_{shrinks_ ? region_of(problem, 0.12) : room(problem)} {}

bool Chain::is_over() const {
  if (budget_.stop != nullptr && budget_.stop->load()) return true;
  if (allowed_ > 0 && steps >= allowed_) return true;
  return std::chrono::steady_clock::now() - start_ >= std::chrono::duration<double>(budget_.seconds);
}

LooseCooling Chain::cooling(double share) const {
  LooseCooling cooling;
  const auto seconds = [](double s) {
    return std::chrono::duration_cast<Time::duration>(std::chrono::duration<double>(s));
  };
  const Time last = start_ + seconds(budget_.seconds);
  cooling.end = last;
  if (allowed_ > 0) {
    const auto moves = static_cast<std::uint64_t>(share * static_cast<double>(allowed_));
    cooling.moves = std::clamp<std::uint64_t>(moves, 1, allowed_ - std::min(allowed_ - 1, steps));
  } else {
    cooling.end = std::min(last, std::chrono::steady_clock::now() + seconds(share * budget_.seconds));
  }
  cooling.stop = budget_.stop;
  cooling.done = budget_.done;
  return cooling;
}

LoosePlan Chain::anneal(const LoosePlan& from, const LooseCooling& cooling) {
  auto loosened = anneal_loose(problem_, region_, from, cooling, rng_.fork(++nth_));
  steps += loosened.moves;
  return std::move(loosened.plan);
}

// Makes it legal, and keeps it if it is the best.
bool Chain::settle(const LoosePlan& plan) {
  auto tight = tightened(problem_, plan, region_, rng_.fork(++nth_));
  if (!tight || !is_legal_in_a_sweep(problem_, *tight)) return false;
  const double cost = objective(problem_, *tight);
  if (best.plan && best.cost <= cost) return true;
  best = {std::move(tight), cost};
  return true;
}

// A region a little smaller than the box of the best, or than the last one that failed was.
void Chain::shrink(bool fitted) {
  if (!shrinks_ || !best.plan) return;
  if (!fitted) shrinkage_ = std::max(0.001, shrinkage_ * 0.7);
  const Size all = box(problem_, *best.plan);
  const double by = std::sqrt(1 - shrinkage_);
  region_ = {static_cast<Nanometre>(static_cast<double>(all.width + problem_.gap) * by),
             static_cast<Nanometre>(static_cast<double>(all.height + problem_.gap) * by)};
}

void Chain::run() {
  if (is_over()) return;
  if (std::all_of(problem_.blocks.begin(), problem_.blocks.end(),
                  [](const Block& b) { return b.fixed.has_value(); })) {
    settle(scattered(problem_, region_, rng_));
    return;
  }
  LoosePlan plan = anneal(scattered(problem_, region_, rng_.fork(++nth_)), cooling(hasty));
  bool fitted = settle(plan);
  if (is_over()) return;
  plan = anneal(scattered(problem_, region_, rng_.fork(++nth_)), cooling(thorough));
  fitted = settle(plan);
  while (!is_over()) {
    shrink(fitted);
    price_ = fitted ? std::max(cheapest, price_ / 1.1) : std::min(dearest, price_ * 1.3);
    auto again = cooling(reheat);
    again.hot = 0.05 + 0.15 * rng_.uniform();
    again.price = price_;
    again.leniency = 0.7;
    again.reach = 0.05;
    if (fitted && best.plan) plan = loose(problem_, *best.plan);
    plan = anneal(plan, again);
    fitted = settle(plan);
  }
}

// A reason why there can be no legal floorplan, seen at a glance.
bool has_no_room(const Problem& problem) {
  if (!problem.outline) return false;
  Nanometre gap = problem.gap;
  for (const auto& pair : problem.gaps) gap = std::min(gap, pair.gap);
  const auto fits = [&](Size size) {
    return size.width <= problem.outline->width && size.height <= problem.outline->height;
  };
  double area = 0;
  for (const auto& block : problem.blocks) {
    if (block.fixed) continue;
    const auto g = static_cast<double>(gap);
    if (block.soft) {
      area += block.soft->area + g * (2 * std::sqrt(block.soft->area) + g);
      continue;
    }
    area += geometry::area(Size{block.size.width + gap, block.size.height + gap});
    const bool some = std::any_of(geometry::rotations.begin(), geometry::rotations.end(), [&](Rotation r) {
      return (block.rotations >> static_cast<int>(r) & 1) != 0 && fits(geometry::turned(block.size, r));
    });
    if (!some) return true;
  }
  constexpr double rounding = 1e-9;
  return area >
         geometry::area(Size{problem.outline->width + gap, problem.outline->height + gap}) * (1 + rounding);
}

}  // namespace

Result multilevel(const Problem& problem, const Options& options) {
  Result result;
  if (has_no_room(problem)) {
    result.proved = true;
    return result;
  }
  Best start;
  if (auto quick = skyline(problem); quick && is_legal_in_a_sweep(problem, *quick)) {
    start.cost = objective(problem, *quick);
    start.plan = std::move(quick);
  }
  // Under a number of steps the chains must not depend on the threads.
  const std::size_t chains =
      options.budget.steps > 0 ? 2 : static_cast<std::size_t>(std::max(1, options.threads));
  const std::uint64_t steps = (options.budget.steps + chains - 1) / chains;
  const Rng rng{options.seed};
  const auto runs = parallel::map(chains, options.threads, [&](std::size_t i) {
    Chain chain{problem, options, steps, rng.fork(i), start};
    chain.run();
    return std::pair{chain.best, chain.steps};
  });
  for (const auto& [best, moves] : runs) {
    result.steps += moves;
    if (!best.plan || (result.best && result.objective <= best.cost)) continue;
    result.best = best.plan;
    result.objective = best.cost;
  }
  return result;
}

}  // namespace marquetry::floorplan
