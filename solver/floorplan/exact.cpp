#include "floorplan/exact.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "floorplan/bound.h"
#include "floorplan/exact_area.h"
#include "floorplan/exact_cuts.h"
#include "floorplan/exact_wire.h"
#include "floorplan/legal.h"

namespace marquetry::floorplan {
namespace {

constexpr std::size_t most_blocks = 24;  // beyond, a search finds nothing that bound() does not

constexpr std::uint64_t steps_to_fit = 2000000;  // a tenth of a second

exact::Limits limits_of(const Budget& budget, int threads) {
  const std::chrono::duration<double> seconds{std::clamp(budget.seconds, 0.0, 1e8)};
  return {exact::Clock::now() + std::chrono::duration_cast<exact::Clock::duration>(seconds), budget.steps,
          budget.stop, budget.done, threads};
}

Problem with_objective(Problem problem, Objective objective) {
  problem.objective = objective;
  return problem;
}

// A floorplan in the outline, or the proof that there is none, where packing tells soon.
exact::Proof fit(const Problem& problem, exact::Limits limits) {
  auto area_only = with_objective(problem, {0, 1});
  limits.steps = limits.steps == 0 ? steps_to_fit : std::min(limits.steps / 2 + 1, steps_to_fit);
  limits.threads = 1;
  return exact::fit_outline(area_only, limits);
}

// That share of what is left.
exact::Limits some_of(const exact::Limits& limits, double share, std::uint64_t taken) {
  auto part = limits;
  const auto now = exact::Clock::now();
  part.end = now + std::chrono::duration_cast<exact::Clock::duration>((limits.end - now) * share);
  if (limits.steps == 0) return part;
  const auto left = static_cast<double>(limits.steps - std::min(limits.steps, taken));
  part.steps = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(left * share));
  return part;
}

// Where a first search does not end, the bound is lifted by what small subsets cost, before a longer one.
exact::Proof prove_wire(const Problem& problem, const exact::Limits& limits,
                        const std::optional<Floorplan>& start) {
  constexpr std::size_t largest_subset = 5;
  auto proof = exact::least_wire(problem, some_of(limits, 0.25, 0), start);
  if (proof.complete || limits.reached(proof.steps) || problem.blocks.size() < 4) return proof;
  const auto cuts = exact::cuts_of(problem, largest_subset, some_of(limits, 0.25, proof.steps));
  auto root = limits;
  root.steps = 1;
  root.done = nullptr;
  const auto lifted = exact::least_wire(problem, root, proof.best, cuts.cuts);
  const double bound = std::max(proof.bound, lifted.bound);
  const std::uint64_t before = proof.steps + cuts.steps + lifted.steps;
  if (!limits.reached(before)) proof = exact::least_wire(problem, some_of(limits, 1, before), proof.best);
  proof.steps += before;
  proof.bound = std::max(proof.bound, bound);
  return proof;
}

exact::Proof search(const Problem& problem, const exact::Limits& limits,
                    const std::optional<Floorplan>& start) {
  const bool has_wire = problem.objective.wire > 0 && !problem.nets.empty(),
             has_area = problem.objective.area > 0;
  if (has_area && !has_wire) {
    if (!exact::has_area_search(problem)) return {start, 0, 0, false, 0};
    auto proof = exact::least_area(problem, limits, start);
    proof.bound *= problem.objective.area;
    return proof;
  }
  if (!has_area && !exact::has_wire_search(problem)) return {start, 0, 0, false, 0};
  if (!has_area) return prove_wire(problem, limits, start);
  // Together: each is bounded alone, and what is found by the way is judged by both.
  auto wire = search(with_objective(problem, {problem.objective.wire, 0}), some_of(limits, 0.5, 0), start);
  auto area =
      search(with_objective(problem, {0, problem.objective.area}), some_of(limits, 1, wire.steps), start);
  const bool area_better =
      area.best && (!wire.best || objective(problem, *area.best) < objective(problem, *wire.best));
  exact::Proof both{area_better ? area.best : wire.best, 0, wire.bound + area.bound, false,
                    wire.steps + area.steps};
  both.complete = (wire.complete && !wire.best) || (area.complete && !area.best);
  return both;
}

}  // namespace

Result prove(const Problem& problem, const Options& options, const std::optional<Floorplan>& incumbent) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Result result;
  result.bound = result.objective = infinite;
  result.proved = true;
  if (has_no_room(problem)) return result;
  auto limits = limits_of(options.budget, options.threads);
  auto start = incumbent;
  if (start && !is_legal(problem, *start)) start.reset();
  exact::Proof proof{start, 0, 0, false, 0};
  const bool hard = std::ranges::none_of(problem.blocks, [](const Block& b) { return b.soft.has_value(); });
  if (hard && !problem.blocks.empty() && problem.blocks.size() <= most_blocks) {
    std::uint64_t before = 0;
    if (problem.outline && !start && exact::has_area_search(problem)) {
      auto fitting = fit(problem, limits);
      before = fitting.steps;
      limits = some_of(limits, 1, before);
      if (fitting.complete && !fitting.best) {
        result.steps = before;
        return result;
      }
      start = std::move(fitting.best);
    }
    proof = search(problem, limits, start);
    proof.steps += before;
  }
  result.best = std::move(proof.best);
  result.steps = proof.steps;
  if (problem.blocks.empty()) result.best = Floorplan{};
  if (result.best) result.objective = objective(problem, *result.best);
  if (proof.complete && !result.best) return result;
  result.bound = std::min(result.objective, std::max(proof.bound, bound(problem)));
  result.proved = proof.complete || (result.best && result.bound >= result.objective);
  return result;
}

}  // namespace marquetry::floorplan
