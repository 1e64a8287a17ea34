#include "floorplan/multilevel.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "floorplan/legal.h"
#include "floorplan/skyline.h"
#include "floorplan/stretch.h"
#include "floorplan/tight.h"

namespace marquetry::floorplan {
namespace {

using Time = std::chrono::steady_clock::time_point;

// How a chain spends its time: a hasty run for an answer at all, then rounds of a thorough run from random
// places and some reheats of the best. Found by trial on 33 to 300 blocks: the ends of thorough runs differ
// by some per cent, more than longer ones would gain.
constexpr double hasty = 0.05, thorough_of_rest = 0.75;
constexpr double thorough_moves = 60000, reheat_moves = 6000;  // for a block
constexpr double dear_moves = 20000;    // below that, overlap must be dearer if little is to be left of it
constexpr double hurried_moves = 1000;  // below that, a random start comes to nothing
constexpr int reheats = 5, shrinking_reheats = 20;
constexpr double stacked_of_soft = 0.3;  // the rest of the time is for their shapes
constexpr double dearest = 100;          // price of overlap

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
  double left() const;
  LooseCooling cooling(double share) const;
  double share_of(double moves_a_block) const;
  bool keep(std::optional<Floorplan> plan);
  void stack();
  bool reheat(bool fitted);
  void round();
  LoosePlan spread(const Floorplan& from) const;
  LoosePlan anneal(const LoosePlan& from, const LooseCooling& cooling);
  bool settle(const LoosePlan& plan);
  void shrink(bool fitted);

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
  LoosePlan plan_{};
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
  if (tight) tight = stretched(problem_, *tight);
  if (!tight || !is_legal(problem_, *tight)) return false;
  plan_ = loose(problem_, *tight);
  return keep(std::move(tight));
}

bool Chain::keep(std::optional<Floorplan> plan) {
  const double cost = objective(problem_, *plan);
  if (!best.plan || cost < best.cost) best = {std::move(plan), cost};
  return true;
}

// Skylines of many kinds: where only area counts, nothing else is as dense in as short a time.
void Chain::stack() {
  const bool has_soft = std::any_of(problem_.blocks.begin(), problem_.blocks.end(),
                                    [](const Block& b) { return b.soft.has_value(); });
  const double until = has_soft ? 1 - stacked_of_soft : 0;
  while (!is_over() && left() > until) {
    auto plan = skyline_at_random(problem_, rng_.fork(++nth_));
    steps += problem_.blocks.size();
    if (budget_.done != nullptr) *budget_.done += problem_.blocks.size();
    if (plan && is_legal(problem_, *plan)) keep(std::move(plan));
  }
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

// Of the budget.
double Chain::left() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  if (allowed_ > 0) return 1 - static_cast<double>(steps) / static_cast<double>(allowed_);
  return 1 - passed.count() / std::max(1e-9, budget_.seconds);
}

// The share of the budget that so many moves take, as fast as they have been so far.
double Chain::share_of(double moves_a_block) const {
  const double moves = moves_a_block * static_cast<double>(problem_.blocks.size());
  if (allowed_ > 0) return moves / static_cast<double>(allowed_);
  return moves * (1 - left()) / static_cast<double>(std::max<std::uint64_t>(1, steps));
}

bool Chain::reheat(bool fitted) {
  shrink(fitted);
  if (!fitted) price_ = std::min(dearest, price_ * 1.3);
  auto again = cooling(std::min(share_of(reheat_moves), left()));
  again.hot = 0.05 + 0.15 * rng_.uniform();
  again.leniency = 0.7;
  again.reach = 0.05;
  if (fitted && best.plan && shrinks_) plan_ = loose(problem_, *best.plan);
  plan_ = anneal(plan_, again);
  return settle(plan_);
}

// The same positions, relative to the region.
LoosePlan Chain::spread(const Floorplan& from) const {
  const Size all = box(problem_, from);
  auto plan = loose(problem_, from);
  for (std::size_t b = 0; b < plan.size(); ++b) {
    if (problem_.blocks[b].fixed) continue;
    plan[b].x *= static_cast<double>(region_.width) / static_cast<double>(all.width + problem_.gap);
    plan[b].y *= static_cast<double>(region_.height) / static_cast<double>(all.height + problem_.gap);
  }
  return plan;
}

void Chain::round() {
  const double share = std::min(share_of(thorough_moves), thorough_of_rest * left());
  const double moves = thorough_moves * share / share_of(thorough_moves);
  auto all = cooling(share);
  price_ = 20 * std::exp(0.3 * rng_.uniform()) * std::max(1.0, std::pow(dear_moves / moves, 0.45));
  price_ = all.price = std::min(price_, dearest);
  all.leniency = 0.05 * std::exp(1.4 * rng_.uniform());
  const bool hurries = best.plan && (moves < hurried_moves || problem_.objective.wire == 0);
  shrink(true);
  if (hurries) {
    all.hot = 0.2;
    all.leniency = 1;
    all.reach = 0.1;
  }
  plan_ = anneal(hurries ? spread(*best.plan) : scattered(problem_, region_, rng_.fork(++nth_)), all);
  bool fitted = settle(plan_);
  const int most = shrinks_ ? shrinking_reheats : reheats;
  for (int i = 0; i < most && !is_over(); ++i) fitted = reheat(fitted);
}

void Chain::run() {
  if (is_over()) return;
  const auto fixed = std::count_if(problem_.blocks.begin(), problem_.blocks.end(),
                                   [](const Block& b) { return b.fixed.has_value(); });
  if (fixed == std::ssize(problem_.blocks)) {
    settle(scattered(problem_, region_, rng_));
    return;
  }
  if (shrinks_ && problem_.objective.wire == 0 && fixed == 0) stack();
  if (is_over()) return;
  auto first = cooling(hasty);
  first.price = dearest / 2;
  settle(anneal(scattered(problem_, region_, rng_.fork(++nth_)), first));
  while (!is_over()) round();
}

}  // namespace

Result multilevel(const Problem& problem, const Options& options) {
  Result result;
  if (has_no_room(problem)) {
    result.proved = true;
    return result;
  }
  Best start;
  if (auto quick = skyline(problem); quick && is_legal(problem, *quick)) {
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
