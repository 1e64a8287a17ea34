#include "placement/place.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "floorplan/exact.h"
#include "floorplan/solve.h"
#include "layout/fit.h"
#include "placement/finish.h"
#include "placement/front.h"
#include "placement/lessons.h"
#include "placement/objective.h"
#include "placement/search.h"
#include "placement/stacks.h"

namespace marquetry::placement {
namespace {

// Of annealing before a proof: an incumbent is found quickly where a proof is in reach.
constexpr double moment = 0.5;

constexpr std::size_t many = 64;  // blocks
// Of the program of clumps; larger ones are not asked at each move, centres stand for the clumps then.
constexpr std::size_t most_rows = 600;
constexpr double gently = 0.03;  // of the usual temperature at the start

using Time = std::chrono::steady_clock::time_point;

double seconds_since(Time start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Run {
  const layout::Problem& problem;
  const Options& options;
  Metric metric{};  // of the objective
  Time start{std::chrono::steady_clock::now()};
  Result result{};

  // A share of the whole, as far as there is time left.
  floorplan::Budget budget(double share) const {
    const double left = options.seconds - seconds_since(start);
    const double steps = std::max(1.0, share * static_cast<double>(options.steps));
    return {.seconds = std::max(0.01, std::min(left, share * options.seconds)),
            .steps = options.steps == 0 ? 0 : static_cast<std::uint64_t>(steps),
            .stop = options.stop,
            .done = options.done};
  }

  // Of two that are worth the same, the one on less carrier.
  bool is_better(double worth, const layout::Layout& layout) const {
    const double equal = 1e-9 * std::abs(worth);
    if (std::abs(worth - result.objective) > equal) return worth < result.objective;
    return geometry::area(layout.carrier) < geometry::area(result.best->carrier);
  }

  // Keeps a layout if it is the best so far, or the least illegal. Where the temperature counts, by the
  // grid's.
  void offer(layout::Layout layout, const Task* seen = nullptr) {
    if (options.weights.temperature == 0) centre(problem, layout);
    finish(problem, layout);
    auto broken = layout::violations(problem, layout);
    if (broken.empty()) {
      Figures all = figures(problem, layout);
      if (options.weights.temperature > 0) all = heated(problem, layout, std::move(all), options.stop);
      const bool is_cut_short = options.weights.temperature > 0 && problem.section && !all.peak;
      if (is_cut_short && result.best) return;
      if (all.peak_bound && seen != nullptr) all.peak_estimate = estimated_peak(*seen, layout);
      const double worth = objective(problem, metric, options, layout, all);
      if (result.best && !is_better(worth, layout)) return;
      result.objective = worth;
      result.figures = std::move(all);
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
  if (found.best) run.offer(layout_of(run.problem, task.blocks, *found.best));
}

// Of very many dies the floorplanner's own search, by half perimeters of the links, comes nearest.
std::optional<floorplan::Plan> start_from_nets(Run& run, const Task& task, double share) {
  auto problem = task.blocks.problem;
  problem.nets = links_as_nets(run.problem, task.blocks);
  problem.objective.area = std::max(problem.objective.area, task.tidiness * 1e-12);
  const auto found = floorplan::solve(problem, {run.budget(share), run.options.seed, run.options.threads});
  run.result.steps += found.steps;
  if (!found.best) return std::nullopt;
  run.offer(layout_of(run.problem, task.blocks, *found.best));
  return floorplan::plan_of(task.frame, *found.best);
}

void offer(Run& run, const Task& task, const Found& found, std::size_t most) {
  run.result.steps += found.steps;
  for (std::size_t k = 0; k < std::min(most, found.candidates.size()); ++k) {
    const auto& plan = found.candidates[k].plan;
    run.offer(layout_of(run.problem, task.blocks, floorplan::floorplan_of(task.frame, plan)), &task);
  }
}

void place_many(Run& run, const Task& task, double share) {
  Search how{.seed = run.options.seed, .threads = run.options.threads, .restarts = 2};
  const bool has_phys = task.metric == Metric::phys;  // a picture of the links is the better start
  if (!has_phys && !run.problem.links.empty()) how.start = start_from_nets(run, task, share / 2);
  if (how.start) how.hot = gently;
  how.budget = run.budget(how.start ? share / 2 : share);
  offer(run, task, search(task, how), 1);
}

void place_package(Run& run, Task& task, double share) {
  if (task.blocks.die.size() > many) return place_many(run, task, share);
  Search how{.budget = run.budget(0.7 * share),
             .seed = run.options.seed,
             .threads = run.options.threads,
             .restarts = task.metric == Metric::phys ? std::size_t{8} : std::size_t{4}};
  const auto found = search(task, how);
  offer(run, task, found, how.restarts);
  if (found.candidates.empty()) return;
  if (run.result.best) teach(task, *run.result.best, run.result.figures);
  // From the best on, more gently; where the estimates were too kind to it, under the eyes of the checker.
  how.start = found.candidates.front().plan;
  how.hot = gently;
  how.seed = Rng{run.options.seed}.fork(1).next();
  how.budget = run.budget(0.3 * share);
  how.restarts = 4;
  task.is_checked = !run.result.best;
  offer(run, task, search(task, how), how.restarts);
}

// From the shortest layout on, with what is left of the budget.
void place_front(Run& run) {
  Options hot = run.options;
  hot.weights = {.wire = 1, .temperature = 1};
  Task both = placement::task(run.problem, hot);
  if (!both.heat || !run.result.best) return;
  run.result.figures = heated(run.problem, *run.result.best, std::move(run.result.figures), run.options.stop);
  teach(both, *run.result.best, run.result.figures);
  // The judge reads positions from plans, the layout may come from any search.
  auto start = floorplan::plan_of(both.frame, floorplan_of(both.blocks, *run.result.best));
  floorplan::Packer{both.frame}.keep(start, {start.x, start.y});
  Harvest known;
  Judge{both, &known}.settle(start);
  const Search how{.budget = run.budget(0.65), .seed = run.options.seed, .threads = run.options.threads};
  const Harvest all = sweep(both, how, known, run.result.steps);
  run.result.front = front(both, all, run.options.stop);
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
  if (found.best) run.offer(layout_of(run.problem, task.blocks, *found.best));
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
  const Metric metric = metric_of(problem, options.metric);
  Run run{problem, options, metric};
  Result& result = run.result;
  result.minimised = name_of(metric, options.weights);
  const auto hopeless = layout::obstacles(problem);
  if (problem.dies.empty() || stands_on_itself(problem)) {
    run.offer(row_of(problem));
  } else {
    Options searched = options;
    searched.metric = metric;
    const bool is_slow = problem.links.size() + 4 * problem.dies.size() > most_rows;
    if (metric == Metric::transport && is_slow) searched.metric = Metric::centre;
    Task given = task(problem, searched);
    result.bound = bound(problem, given.blocks, metric, options);
    // Without a hope it is worth a moment only, to show how near it comes.
    const bool proves = options.exact && can_prove(problem, given) && hopeless.empty();
    const double start = proves ? std::min(0.2, moment / std::max(options.seconds, moment)) : 0.2;
    const double share = !hopeless.empty() ? 0.05 : proves || options.front ? start : 0.85;
    if (is_floorplan(problem, given)) {
      place_floorplan(run, given, share);
    } else {
      place_package(run, given, share);
    }
    if (!result.best && result.nearest.dies.empty()) run.offer(row_of(problem));
    if (options.front) place_front(run);
    if (proves) prove(run, given);
  }
  if (!result.best) {
    for (auto obstacle = hopeless.rbegin(); obstacle != hopeless.rend(); ++obstacle) {
      const std::string hint = obstacle->hint.empty() ? "" : "; " + obstacle->hint;
      result.violations.insert(result.violations.begin(),
                               {obstacle->constraint, obstacle->message + hint, obstacle->amount, {}});
    }
    result.figures = heated(problem, result.nearest, figures(problem, result.nearest), options.stop);
  }
  if (result.best && !result.figures.peak) {
    result.figures = heated(problem, *result.best, std::move(result.figures), options.stop);
  }
  result.bound = std::min(result.bound, result.best ? result.objective : result.bound);
  result.proved = result.proved || (result.best && result.objective <= result.bound);
  result.seconds = seconds_since(run.start);
  return std::move(run.result);
}

}  // namespace marquetry::placement
