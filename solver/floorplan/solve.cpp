#include "floorplan/solve.h"

#include <algorithm>
#include <cmath>

#include "floorplan/bound.h"
#include "floorplan/exact.h"
#include "floorplan/exact_area.h"
#include "floorplan/exact_wire.h"
#include "floorplan/flat.h"
#include "floorplan/legal.h"
#include "floorplan/multilevel.h"
#include "floorplan/slack.h"

namespace marquetry::floorplan {
namespace {

// Of a whole budget, one part after the other.
Budget part(const Budget& budget, double share) {
  Budget b = budget;
  b.seconds *= share;
  if (budget.steps > 0)
    b.steps =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(static_cast<double>(budget.steps) * share));
  return b;
}

// Blocks from here on are annealed with overlap: packing every move would be too slow.
constexpr std::size_t packable = 50;

// With an outline and wire, annealing with overlap finds the better start and annealing of packed plans the
// better end, for these numbers of blocks. CPU seconds and half-perimeters in the setting of
// docs/benchmarks.md, overlap alone, packed alone, both: ami49 13 s 721,000, 36 s 708,700, 15 s 687,000;
// ami33 14 s 51,770, 21 s 49,400, 10 s 50,400; n30 12 s 101,300, 18 s 101,800, 12 s 101,200. Of
// n100 in 6 s overlap alone 191,700, both 197,600.
constexpr std::size_t least_in_two = 13, most_in_two = 75;
constexpr double overlapping_share = 0.4;

bool is_stopped(const Budget& budget) { return budget.stop != nullptr && *budget.stop; }

// As many chains as let each be long enough; how long that is was found by trial, 5e6 moves for 33 blocks,
// 1.4e5 for 10. Where only the time is given, from the usual speed: 0.7e6 moves a second for 33 blocks with
// 123 nets.
std::size_t chains(const Frame& frame, const Budget& budget, int threads) {
  constexpr double moves_for_cubed_blocks = 140, least_moves = 2e4, block_moves_a_second = 2.2e7;
  constexpr std::size_t most = 1000;
  const double n = std::max(1.0, static_cast<double>(frame.size()));
  const double moves = budget.steps > 0 ? static_cast<double>(budget.steps)
                                        : budget.seconds * std::max(1, threads) * block_moves_a_second / n;
  const double count = std::clamp(moves / std::max(least_moves, moves_for_cubed_blocks * n * n * n), 2.0,
                                  static_cast<double>(most));
  auto chains = static_cast<std::size_t>(count);
  if (budget.steps == 0 && threads > 0) {  // none that idles
    const auto t = static_cast<std::size_t>(threads);
    chains = (chains + t - 1) / t * t;
  }
  return chains;
}

}  // namespace

Result flat(const Problem& problem, const Options& options, const Floorplan* start) {
  constexpr double first_share = 0.6;
  constexpr double warm = 0.15, warm_end = 0.03;
  // The end of a plan that is good already: 636,200 against 641,700 with more heat for ami49, 126,600 against
  // 129,100 for n50, 99,500 against 100,700 for n30.
  const double again_hot = start != nullptr ? 0.05 : warm, again_cold = start != nullptr ? 0.1 : warm_end;
  const Frame frame = floorplan::frame(problem);
  const Toll toll{problem, frame};
  const bool has_wire = problem.objective.wire != 0 && !toll.wire().empty();
  AnnealOptions how;
  how.budget = part(options.budget, first_share);
  how.seed = options.seed;
  how.threads = options.threads;
  how.restarts = chains(frame, how.budget, options.threads);
  how.packing = frame.has_outline && has_wire ? Packing::keep : Packing::compact;
  if (!has_wire) how.aimed_moves = 0, how.hot = 0.1, how.cold = 1e-3;
  if (start != nullptr) how.start = plan_of(frame, *start), how.hot = warm, how.cold = warm_end;
  Annealed found = anneal(frame, toll, how);
  // The best one is heated again, not so far that it forgets what it is.
  if (!is_stopped(options.budget) && (!found.best || found.cost > 0)) {
    how.budget = part(options.budget, 1 - first_share);
    how.seed = options.seed + 1;
    how.restarts = chains(frame, how.budget, options.threads);
    how.start = found.best ? *found.best : found.nearest;
    how.hot = again_hot, how.cold = again_cold;
    found = better(std::move(found), anneal(frame, toll, how));
  }
  Result result;
  result.steps = found.steps;
  result.bound = bound(problem);
  if (!found.best) return result;
  if (has_wire && frame.size() <= 200)
    tighten(problem, frame, *found.best,
            options.budget.steps > 0 ? 60 : std::clamp(0.15 * options.budget.seconds, 0.2, 3.0));
  auto floorplan = floorplan_of(frame, *found.best);
  if (!is_legal(problem, floorplan)) return result;
  result.objective = objective(problem, floorplan);
  result.best = std::move(floorplan);
  return result;
}

namespace {

Result in_two(const Problem& problem, const Options& options) {
  Options first = options, rest = options;
  first.budget = part(options.budget, overlapping_share);
  rest.budget = part(options.budget, 1 - overlapping_share);
  auto start = multilevel(problem, first);
  if (is_stopped(options.budget)) return start;
  auto refined = flat(problem, rest, start.best ? &*start.best : nullptr);
  refined.steps += start.steps;
  if (!start.best || (refined.best && refined.objective <= start.objective)) return refined;
  start.steps = refined.steps;
  start.bound = std::max(start.bound, refined.bound);
  return start;
}

}  // namespace

Result solve(const Problem& problem, const Options& options) {
  // Up to here a proof comes soon enough to wait for it.
  const std::size_t provable = problem.objective.wire == 0 && exact::has_area_search(problem) ? 11 : 6;
  constexpr double search_share = 0.3;
  if (problem.blocks.empty()) {
    Result result;
    result.best.emplace();
    result.objective = result.bound = objective(problem, *result.best);
    result.proved = true;
    return result;
  }
  if (has_no_room(problem)) {
    Result result;
    result.proved = true;
    return result;
  }
  const bool has_wire = problem.objective.wire != 0 && !problem.nets.empty();
  const bool suits = problem.blocks.size() >= least_in_two && problem.blocks.size() <= most_in_two;
  if (problem.outline && has_wire && suits) return in_two(problem, options);
  if (problem.blocks.size() > packable) return multilevel(problem, options);
  if (problem.blocks.size() > provable || (has_wire && !exact::has_wire_search(problem))) {
    return flat(problem, options);
  }
  Options first = options, rest = options;
  first.budget = part(options.budget, search_share);
  rest.budget = part(options.budget, 1 - search_share);
  auto found = flat(problem, first);
  if (is_stopped(options.budget)) return found;
  auto proof = prove(problem, rest, found.best);
  proof.steps += found.steps;
  if (!proof.best && found.best) {
    proof.best = std::move(found.best);
    proof.objective = found.objective;
  }
  proof.bound = std::max(proof.bound, found.bound);
  return proof;
}

}  // namespace marquetry::floorplan
