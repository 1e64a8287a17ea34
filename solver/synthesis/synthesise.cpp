// Search first, then prove: the integer program is asked only for something better than what the search
// found, which is soon refused where there is nothing.
#include "synthesis/synthesise.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace marquetry::synthesis {
namespace {

using Clock = std::chrono::steady_clock;

double relative_gap(double a, double b) {
  return std::abs(a - b) / std::max({std::abs(a), std::abs(b), 1e-12});
}

class Run {
 public:
  Run(const Problem& problem, const Options& options)
      : problem_{problem},
        options_{options},
        end_{Clock::now() +
             std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds))} {}

  Result run() {
    result_.reasons = plain_reasons(problem_);
    if (!result_.reasons.empty()) {
      result_.status = Status::infeasible;
      return result_;
    }
    look();
    Options rest = options_;
    rest.seconds = left() / 2;
    const auto limit = bound(problem_, rest);
    result_.bound = limit.value;
    result_.bound_by = limit.by;
    if (limit.infeasible) return refused();
    if (!is_closed() && whole_size(problem_) <= options_.exact_size && prove()) return refused();
    finish();
    return result_;
  }

 private:
  double left() const { return std::max(0.05, std::chrono::duration<double>(end_ - Clock::now()).count()); }
  bool is_closed() const {
    return has_ && relative_gap(value(problem_.goal, result_.figures), result_.bound) <= options_.gap;
  }

  void offer(const Links& links) {
    const auto figures = measure(problem_, links);
    if (!meets_needs(problem_, figures)) return;
    const double now = value(problem_.goal, figures);
    const double best = value(problem_.goal, result_.figures);
    if (has_ && !is_better(problem_.goal, now, best) && (now != best || figures.cost >= result_.figures.cost))
      return;
    has_ = true;
    result_.links = links;
    result_.figures = figures;
  }

  void look() {
    const auto found = search(problem_, weights(problem_.goal),
                              {.seconds = options_.seconds / 2,
                               .steps = options_.steps,
                               .seed = options_.seed,
                               .threads = options_.threads,
                               .stop = options_.stop});
    for (const auto& f : found) {
      result_.steps += f.steps;
      offer(f.links);
    }
    if (has_ && problem_.goal == Goal::cost) thin();
  }

  // Leaves out what is not needed, dearest first: the search judged by an estimate.
  void thin() {
    auto order = result_.links;
    std::ranges::stable_sort(
        order, [&](auto a, auto b) { return problem_.candidates[a].cost > problem_.candidates[b].cost; });
    for (const auto l : order) {
      auto fewer = result_.links;
      std::erase(fewer, l);
      offer(fewer);
    }
  }

  // The integer program, for something better than what is known. True where there is nothing at all.
  bool prove() {
    auto whole = whole_program(problem_, Integers::kept);
    if (has_) {
      milp::Row better;
      for (std::size_t v = 0; v < whole.program.model.variables.size(); ++v) {
        if (const double c = whole.program.model.variables[v].cost; c != 0) better.terms.push_back({v, c});
      }
      const double known = value(problem_.goal, result_.figures) - whole.constant;
      const double step = options_.gap / 2 * std::abs(known + whole.constant);
      const bool is_up = whole.program.model.sense == milp::Sense::maximise;
      (is_up ? better.low : better.high) = is_up ? known + step : known - step;
      whole.program.model.rows.push_back(std::move(better));
    }
    const auto solved = milp::solve(whole.program.model, {.seconds = left(), .stop = options_.stop});
    if (solved.status == milp::Status::not_built) result_.missing = solved.message;
    const bool is_done = solved.status == milp::Status::optimal || solved.status == milp::Status::infeasible;
    if (!has_ && is_done && problem_.goal == Goal::throughput && solved.objective < 1e-9) return true;
    if (!solved.values.empty()) offer(chosen(whole.program, solved.values));
    if (solved.status == milp::Status::infeasible) {
      if (!has_) return true;
      // Nothing is better by more than the step.
      const double known = value(problem_.goal, result_.figures);
      const double step = options_.gap / 2 * std::abs(known);
      tighten(is_better(problem_.goal, 1, 0) ? known + step : known - step);
    } else if (is_done || solved.status == milp::Status::feasible || solved.status == milp::Status::stopped) {
      tighten(solved.bound + whole.constant);
    }
    return false;
  }

  void tighten(double limit) {
    if (!std::isfinite(limit) || !is_better(problem_.goal, result_.bound, limit)) return;
    // The search's own figure holds, whatever rounding says.
    if (has_ && is_better(problem_.goal, value(problem_.goal, result_.figures), limit))
      limit = value(problem_.goal, result_.figures);
    result_.bound = limit;
    result_.bound_by = "integer program";
  }

  const Result& refused() {
    result_.status = Status::infeasible;
    Options rest = options_;
    rest.seconds = left();
    result_.reasons = least_relaxations(problem_, rest);
    return result_;
  }

  void finish() {
    if (!has_) return;
    result_.gap = relative_gap(value(problem_.goal, result_.figures), result_.bound);
    result_.status = result_.gap <= options_.gap ? Status::optimal : Status::feasible;
  }

  const Problem& problem_;
  const Options& options_;
  Clock::time_point end_;
  Result result_{};
  bool has_{};
};

}  // namespace

Result synthesise(const Problem& problem, const Options& options) { return Run{problem, options}.run(); }

}  // namespace marquetry::synthesis
