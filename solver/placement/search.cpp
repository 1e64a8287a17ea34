#include "placement/search.h"

#include <algorithm>
#include <cmath>

namespace marquetry::placement {

floorplan::Packing packing_of(const Task& task) {
  return task.frame.has_outline && !task.blocks.is_open ? floorplan::Packing::keep
                                                        : floorplan::Packing::compact;
}

Found search(const Task& task, const Search& how) {
  floorplan::AnnealOptions options;
  options.budget = how.budget;
  options.start = how.start;
  options.packing = packing_of(task);
  const std::size_t restarts = std::max<std::size_t>(1, how.restarts);
  const Rng rng{how.seed};
  const double rounds = std::ceil(static_cast<double>(restarts) / std::max(1, how.threads));
  auto ends = parallel::map(restarts, how.threads, [&](std::size_t r) {
    const floorplan::Clock clock{how.budget, 1 / rounds, 1 / static_cast<double>(restarts)};
    auto found = floorplan::Annealer<Judge>{task.frame, Judge{task}, options, rng.fork(r)}.run(clock);
    Candidate end{found.best ? std::move(*found.best) : std::move(found.nearest), found.cost, found.excess};
    if (found.best) {
      const auto verdict = Judge{task}.settle(end.plan);
      end.cost = verdict.cost;
      end.excess = verdict.penalty;
    }
    return std::pair{std::move(end), found.steps};
  });
  Found found;
  for (auto& [end, steps] : ends) {
    found.steps += steps;
    if (!end.plan.x.empty()) found.candidates.push_back(std::move(end));
  }
  std::ranges::stable_sort(found.candidates, {}, [](const Candidate& c) {
    return std::pair{c.excess, c.cost};
  });
  return found;
}

}  // namespace marquetry::placement
