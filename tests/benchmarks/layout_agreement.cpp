#include "benchmarks/layout_agreement.h"

#include <chrono>
#include <utility>

#include "floorplan/exact.h"
#include "floorplan/flat.h"
#include "floorplan/legal.h"
#include "floorplan/random_problem.h"

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

std::vector<Compared> compare(std::size_t problems, std::size_t most_blocks, const Annealing& annealing,
                              std::uint64_t seed) {
  std::vector<Compared> list;
  for (std::size_t i = 0; i < problems; ++i) {
    Compared c;
    c.blocks = 2 + i % (most_blocks - 1);
    c.centres = i % 2 == 0;
    const auto problem =
        test::random_problem({.blocks = c.blocks, .outlined = true, .centres = c.centres}, Rng{seed}.fork(i));
    for (const auto& net : problem.nets) c.tolerance += net.weight * static_cast<double>(net.pins.size()) / 2;
    floorplan::Options options;
    options.budget.seconds = 60;
    const auto [exact, seconds_exact] = timed([&] { return floorplan::prove(problem, options); });
    c.proved = exact.proved;
    c.exact = value(problem, exact);
    c.seconds_exact = seconds_exact;
    c.steps_exact = exact.steps;
    options.budget.steps = annealing.steps;
    for (c.runs = 0; c.runs < annealing.runs && (c.runs == 0 || !c.agree()); ++c.runs) {
      options.seed = seed + c.runs;
      const auto [annealed, seconds] = timed([&] { return floorplan::flat(problem, options); });
      const auto here = value(problem, annealed);
      if (here && (!c.annealed || *here < *c.annealed)) c.annealed = here;
      c.seconds_annealed += seconds;
    }
    list.push_back(c);
  }
  return list;
}

}  // namespace marquetry::bench
