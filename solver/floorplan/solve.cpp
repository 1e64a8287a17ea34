#include "floorplan/solve.h"

#include "floorplan/flat.h"

namespace marquetry::floorplan {

Result flat(const Problem& problem, const Options& options, const Floorplan* start) {
  const Frame frame = floorplan::frame(problem);
  AnnealOptions how;
  how.budget = options.budget;
  how.seed = options.seed;
  how.threads = options.threads;
  const bool has_wire = problem.objective.wire != 0 && !problem.nets.empty();
  how.packing = frame.has_outline && has_wire ? Packing::keep : Packing::compact;
  if (!has_wire) how.aimed_moves = 0;
  if (start != nullptr) how.start = plan_of(frame, *start);
  const Annealed found = anneal(frame, Toll{problem, frame}, how);
  Result result;
  result.steps = found.steps;
  if (!found.best) return result;
  result.best = floorplan_of(frame, *found.best);
  result.objective = objective(problem, *result.best);
  return result;
}

Result solve(const Problem& problem, const Options& options) { return flat(problem, options); }

}  // namespace marquetry::floorplan
