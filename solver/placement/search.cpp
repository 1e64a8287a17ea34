#include "placement/search.h"

#include <algorithm>
#include <cmath>

#include "placement/start.h"
#include "placement/symmetrise.h"

namespace marquetry::placement {
namespace {

constexpr std::size_t few = 8, many = 64;  // blocks
// Share of moves that put a die beside its partner or in a row with its like: found by trial on hosts with
// memories.
constexpr double own_moves = 0.4;
constexpr double gently = 0.1;  // of the usual temperature at the start

Candidate settled(const Task& task, floorplan::Plan plan) {
  const auto verdict = Judge{task}.settle(plan);
  const auto overflow = static_cast<double>(plan.overflow_x) + static_cast<double>(plan.overflow_y);
  return {std::move(plan), verdict.cost, verdict.penalty + overflow / task.frame.side};
}

bool is_better(const Candidate& a, const Candidate& b) {
  return std::pair{a.excess, a.cost} < std::pair{b.excess, b.cost};
}

}  // namespace

floorplan::Packing packing_of(const Task& task) {
  return task.frame.has_outline && !task.blocks.is_open ? floorplan::Packing::keep
                                                        : floorplan::Packing::compact;
}

Found search(const Task& task, const Search& how) {
  floorplan::AnnealOptions options;
  options.budget = how.budget;
  options.start = how.start;
  options.hot = how.hot;
  options.own_moves = own_moves;
  options.packing = packing_of(task);
  const std::size_t restarts = std::max<std::size_t>(1, how.restarts);
  const Rng rng{how.seed};
  const double rounds = std::ceil(static_cast<double>(restarts) / std::max(1, how.threads));
  auto ends = parallel::map(restarts, how.threads, [&](std::size_t r) {
    const floorplan::Clock clock{how.budget, 1 / rounds, 1 / static_cast<double>(restarts)};
    auto own = options;
    // Of many blocks a random start is hopeless in a short time: every other one is drawn by the links, and
    // of very many every one.
    if (!own.start && (r % 2 == 1 || task.frame.size() > many) && task.frame.size() > few) {
      own.start = start_from_links(task, rng.fork(restarts + r));
      if (own.start) own.hot = gently;
    }
    auto found = floorplan::Annealer<Judge>{task.frame, Judge{task}, own, rng.fork(r)}.run(clock);
    Candidate end{found.best ? std::move(*found.best) : std::move(found.nearest), found.cost, found.excess};
    if (found.best) end = settled(task, std::move(end.plan));
    if (!task.problem->symmetries.empty() && !end.plan.x.empty()) {
      auto other = settled(task, symmetrised(task, end.plan));
      if (is_better(other, end)) end = std::move(other);
    }
    return std::pair{std::move(end), found.steps};
  });
  Found found;
  for (auto& [end, steps] : ends) {
    found.steps += steps;
    if (!end.plan.x.empty()) found.candidates.push_back(std::move(end));
  }
  std::ranges::stable_sort(found.candidates, is_better);
  return found;
}

}  // namespace marquetry::placement
