#include "session/commands/placed_design.h"

#include "session/progress.h"

namespace marquetry {

std::optional<PlacedDesign> place_design(const Session& session, const Prepared& prepared,
                                         const Choice& choice, const System<double>& system,
                                         const Evaluation<double>& analytic, std::uint64_t steps,
                                         Diagnostics& diagnostics) {
  Progress progress{session.options, {.total = static_cast<double>(steps), .what = "moves"}};
  auto found = refine::refine(prepared, choice, system, analytic,
                              {.steps = steps,
                               .seed = session.options.seed,
                               .threads = session.options.threads,
                               .stop = &progress.interrupted(),
                               .done = &progress.done()},
                              diagnostics);
  progress.finish();
  if (!found) return std::nullopt;
  return PlacedDesign{std::move(*found), progress.interrupted()};
}

}  // namespace marquetry
