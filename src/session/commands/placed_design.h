// A design's dies placed for the physical rung, with a progress line.
#pragma once

#include "refine/refine.h"
#include "session/session.h"

namespace marquetry {

struct PlacedDesign {
  refine::Refined refined{};
  bool is_interrupted{};
};

// That many moves, with the session's seed and threads. Nothing after complaints.
std::optional<PlacedDesign> place_design(const Session& session, const Prepared& prepared,
                                         const Choice& choice, const System<double>& system,
                                         const Evaluation<double>& analytic, std::uint64_t steps,
                                         Diagnostics& diagnostics);

}  // namespace marquetry
