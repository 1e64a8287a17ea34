#include "placement/place.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "floorplan/exact.h"
#include "floorplan/solve.h"
#include "layout/fit.h"
#include "placement/finish.h"
#include "placement/front.h"
#include "placement/objective.h"
#include "placement/search.h"
#include "placement/stacks.h"

namespace marquetry::placement {
namespace {

// Of annealing before a proof: an incumbent is found quickly where a proof is in reach.
constexpr double moment = 0.5;

using Time = std::chrono::steady_clock::time_point;

double seconds_since(Time start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Run {
  const layout::Problem& problem;
  const Options& options;
  Time start{std::chrono::steady_clock::now()};
  Result result{};

  // A share of what is left.
  floorplan::Budget budget(double share) const {
    return {.seconds = std::max(0.01, share * (options.seconds - seconds_since(start))),
            .steps = options.steps == 0
                         ? 0
                         : std::max<std::uint64_t>(
                               1, static_cast<std::uint64_t>(share * static_cast<double>(options.steps))),
            .stop = options.stop,
            .done = options.done};
  }

  // Of two that are worth the same, the one on less carrier.
  bool is_better(double worth, const layout::Layout& layout) const {
    const double equal = 1e-9 * std::abs(worth);
    if (std::abs(worth - result.objective) > equal) return worth < result.objective;
    return geometry::area(layout.carrier) < geometry::area(result.best->carrier);
  }

  // Keeps a layout if it is the best so far, or the least illegal.
  void offer(layout::Layout layout, Metric metric) {
    if (options.weights.temperature == 0) centre(problem, layout);
    finish(problem, layout);
    auto broken = layout::violations(problem, layout);
    if (broken.empty()) {
      const Figures all = figures(problem, layout);
      const double worth = objective(problem, metric, options, layout, all);
      if (result.best && !is_better(worth, layout)) return;
      result.objective = worth;
      result.figures = all;
      result.best = std::move(layout);
      result.violations.clear();
    } else if (!result.best && (result.nearest.dies.empty() || broken.size() < result.violations.size())) {
      result.nearest = std::move(layout);
      result.violations = std::move(broken);
    }
  }
};

// Nets, wire and area are all there is to it: the floorplanner's own searches have no more to know.
bool is_floorplan(const layout::Problem& problem, const Task& task) {
  return task.metric == Metric::half_perimeter && !task.heat && task.weights.cost == 0 &&
         !has_groups(problem) && problem.carrier.largest_area <= 0 && !problem.carrier.package &&
         std::ranges::all_of(problem.dies, [](const auto& die) { return die.ring == 0; });
}

// Searches and proofs of rectangles count in the problem's own objective, in mm and mm2.
void adopt_bound(Run& run, const floorplan::Result& found) {
  if (found.bound > run.result.bound) run.result.bound = found.bound;
}

void place_floorplan(Run& run, const Task& task, double share) {
  floorplan::Options how{run.budget(share), run.options.seed, run.options.threads};
  const auto found = floorplan::solve(task.blocks.problem, how);
  run.result.steps += found.steps;
  adopt_bound(run, found);
  if (found.best) run.offer(layout_of(run.problem, task.blocks, *found.best), task.metric);
}

void place_package(Run& run, Task& task, double share) {
  const auto offer_all = [&](const Found& found) {
    run.result.steps += found.steps;
    for (const auto& candidate : found.candidates) {
      run.offer(layout_of(run.problem, task.blocks, floorplan::floorplan_of(task.frame, candidate.plan)),
                task.metric);
    }
  };
  const bool has_phys = task.metric == Metric::phys;
  Search how{.budget = run.budget(0.7 * share),
             .seed = run.options.seed,
             .threads = run.options.threads,
             .restarts = has_phys ? std::size_t{8} : std::size_t{4}};
  const auto found = search(task, how);
  offer_all(found);
  if (found.candidates.empty()) return;
  // From the best on, more gently; where the estimates were too kind to it, under the eyes of the checker.
  how.start = found.candidates.front().plan;
  how.hot = 0.03;
  how.seed = Rng{run.options.seed}.fork(1).next();
  how.budget = run.budget(run.options.steps > 0 ? 0.3 * share : 0.3 * share / (1 - 0.7 * share));
  how.restarts = 4;
  task.is_checked = !run.result.best;
  offer_all(search(task, how));
}

// From the shortest layout on, with what is left of the budget.
void place_front(Run& run) {
  Options hot = run.options;
  hot.weights = {.wire = 1, .temperature = 1};
  const Task both = placement::task(run.problem, hot);
  if (!both.heat || !run.result.best) return;
  // The judge reads positions from plans, the layout may come from any search.
  auto start = floorplan::plan_of(both.frame, floorplan_of(both.blocks, *run.result.best));
  floorplan::Packer{both.frame}.keep(start, {start.x, start.y});
  Harvest known;
  Judge{both, &known}.settle(start);
  const Search how{.budget = run.budget(0.9), .seed = run.options.seed, .threads = run.options.threads};
  const Harvest all = sweep(run.problem, hot, how, known, run.result.steps);
  run.result.front = front(run.problem, both, all);
}

// Of wire between centres or pins, or of area.
bool can_prove(const layout::Problem& problem, const Task& task) {
  return (task.metric == Metric::centre || task.metric == Metric::half_perimeter) && !task.heat &&
         task.weights.cost == 0 && !has_groups(problem);
}

void prove(Run& run, const Task& task) {
  const floorplan::Options how{run.budget(1), run.options.seed, run.options.threads};
  std::optional<floorplan::Floorplan> incumbent;
  if (run.result.best) incumbent = floorplan_of(task.blocks, *run.result.best);
  const auto found = floorplan::prove(task.blocks.problem, how, incumbent);
  run.result.steps += found.steps;
  adopt_bound(run, found);
  if (found.best) run.offer(layout_of(run.problem, task.blocks, *found.best), task.metric);
  // Its answer may break a rule that it does not know.
  run.result.proved =
      found.proved && (found.best ? run.result.best && run.result.objective <= found.objective * (1 + 1e-9)
                                  : !run.result.best);
}

// Nothing can be searched where dies stand on each other in a ring.
bool stands_on_itself(const layout::Problem& problem) {
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    if (problem.dies[root(problem, d)].on) return true;
  }
  return false;
}

}  // namespace

Result place(const layout::Problem& problem, const Options& options) {
  Run run{problem, options};
  Result& result = run.result;
  const Metric metric = metric_of(problem, options.metric);
  result.minimised = name_of(metric, options.weights);
  const auto hopeless = layout::obstacles(problem);
  if (problem.dies.empty() || stands_on_itself(problem)) {
    run.offer(row_of(problem), metric);
  } else {
    Task given = task(problem, options);
    result.bound = bound(problem, given.blocks, metric, options);
    // Without a hope it is worth a moment only, to show how near it comes.
    const bool proves = options.exact && can_prove(problem, given) && hopeless.empty();
    const double start = proves ? std::min(0.2, moment / std::max(options.seconds, moment)) : 0.2;
    const double share = !hopeless.empty() ? 0.05 : proves || options.front ? start : 0.9;
    if (is_floorplan(problem, given)) {
      place_floorplan(run, given, share);
    } else {
      place_package(run, given, share);
    }
    if (!result.best && result.nearest.dies.empty()) run.offer(row_of(problem), metric);
    if (options.front) place_front(run);
    if (proves) prove(run, given);
  }
  if (!result.best) {
    for (auto obstacle = hopeless.rbegin(); obstacle != hopeless.rend(); ++obstacle) {
      const std::string hint = obstacle->hint.empty() ? "" : "; " + obstacle->hint;
      result.violations.insert(result.violations.begin(),
                               {obstacle->constraint, obstacle->message + hint, obstacle->amount, {}});
    }
    result.figures = figures(problem, result.nearest);
  }
  result.bound = std::min(result.bound, result.best ? result.objective : result.bound);
  result.proved = result.proved || (result.best && result.objective <= result.bound);
  result.seconds = seconds_since(run.start);
  return std::move(run.result);
}

}  // namespace marquetry::placement
