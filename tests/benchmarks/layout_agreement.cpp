#include "benchmarks/layout_agreement.h"

#include <chrono>
#include <utility>

#include "floorplan/exact.h"
#include "floorplan/random_problem.h"
#include "floorplan/solve.h"

namespace marquetry::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class F>
std::pair<floorplan::Result, double> timed(F run) {
  const auto start = Clock::now();
  auto result = run();
  return {std::move(result), std::chrono::duration<double>(Clock::now() - start).count()};
}

std::optional<double> value(const floorplan::Problem& problem, const floorplan::Result& result) {
  if (!result.best || !floorplan::is_legal(problem, *result.best)) return std::nullopt;
  return floorplan::objective(problem, *result.best);
}

}  // namespace

bool Compared::agree() const {
  if (!proved || contradict()) return false;
  if (!exact || !annealed) return exact.has_value() == annealed.has_value();
  return *annealed <= *exact * (1 + 1e-9) + tolerance;
}

bool Compared::contradict() const {
  if (!proved || !annealed) return false;
  return !exact || *annealed < *exact * (1 - 1e-9) - tolerance;
}

std::vector<Compared> compare(std::size_t problems, std::size_t most_blocks, std::uint64_t annealing_steps,
                              std::uint64_t seed) {
  std::vector<Compared> list;
  for (std::size_t i = 0; i < problems; ++i) {
    Compared c;
    c.blocks = 2 + i % (most_blocks - 1);
    c.centres = i % 2 == 0;
    const auto problem = test::random_problem({.blocks = c.blocks, .centres = c.centres}, Rng{seed}.fork(i));
    floorplan::Options options;
    options.budget.seconds = 60;
    const auto [exact, seconds_exact] = timed([&] { return floorplan::prove(problem, options); });
    options.budget.steps = annealing_steps;
    options.seed = seed;
    const auto [annealed, seconds_annealed] = timed([&] { return floorplan::solve(problem, options); });
    c.proved = exact.proved;
    c.exact = value(problem, exact);
    c.annealed = value(problem, annealed);
    c.seconds_exact = seconds_exact;
    c.seconds_annealed = seconds_annealed;
    c.steps_exact = exact.steps;
    for (const auto& net : problem.nets) c.tolerance += net.weight * static_cast<double>(net.pins.size()) / 2;
    list.push_back(c);
  }
  return list;
}

}  // namespace marquetry::bench
