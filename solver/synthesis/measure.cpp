#include <algorithm>
#include <cmath>

#include "flow/flow.h"
#include "synthesis/synthesise.h"

namespace marquetry::synthesis {
namespace {

constexpr std::size_t largest_flow = 3000;  // dies times channels of an exact optimum
constexpr std::uint32_t rounds = 40;        // of prices
constexpr double slack = 1e-6;              // of needs, relative

std::size_t flow_size(const Problem& problem) { return 2 * problem.candidates.size() * problem.dies.size(); }

// Over all routings, with all links built but the failed ones. A die that is out has no traffic.
flow::Optimum optimum(const Problem& problem, const Failure& failure, double seconds) {
  Links left;
  for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
    const auto& c = problem.candidates[i];
    if (i != failure.candidate && c.a != failure.die && c.b != failure.die) left.push_back(i);
  }
  auto traffic = problem.traffic;
  const auto n = problem.dies.size();
  for (std::size_t d = 0; d < n && failure.die < n; ++d)
    traffic[failure.die * n + d] = traffic[d * n + failure.die] = 0;
  return flow::optimum(graph(problem, left), traffic, {.seconds = seconds, .gap = 1e-3});
}

// Between the bounds of the prices, or nearer where that is worth its time.
Estimate load_after(const Problem& problem, Estimator& estimator, const Failure& failure, double seconds) {
  const std::vector<char> built(problem.candidates.size(), 1);
  auto out = estimator.estimate(built, rounds, 1e-6, failure);
  if (!out.connected || out.load >= out.most * (1 - 1e-6) || seconds <= 0) return out;
  const auto best = optimum(problem, failure, seconds);
  out.load = std::max(out.load, best.load);
  out.most = std::max(out.load, std::min(out.most, best.bound));
  return out;
}

// The least over all failures: most are told apart by a few rounds.
double resilience(const Problem& problem, Estimator& estimator) {
  std::vector<Failure> failures;
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    if (std::isfinite(port_bound(problem, d))) failures.push_back({.die = d});
  }
  for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) failures.push_back({.candidate = i});
  const std::vector<char> built(problem.candidates.size(), 1);
  const double seconds = flow_size(problem) <= largest_flow ? 5 : 0;
  double least = infinity;
  for (const auto& failure : failures) {
    if (estimator.estimate(built, rounds, 1e-6, failure).load >= least) continue;
    least = std::min(least, load_after(problem, estimator, failure, seconds).load);
    if (least <= 0) return 0;
  }
  return std::isfinite(least) ? least : 0;
}

}  // namespace

Figures measure(const Problem& problem, const Links& links) {
  Problem fixed = problem;
  fixed.candidates.clear();
  for (const auto l : links) fixed.candidates.push_back(problem.candidates[l]);
  fixed.needs = {};
  Estimator estimator{fixed};
  const std::vector<char> built(links.size(), 1);
  const auto load = load_after(fixed, estimator, {}, 5);
  if (load.pieces != 1) return {.latency = infinity, .cost = cost(problem, links)};
  return {.throughput = load.load,
          .throughput_most = load.most,
          .latency = estimator.latency(built),
          .cost = cost(problem, links),
          .resilience = resilience(fixed, estimator)};
}

bool meets_needs(const Problem& problem, const Figures& f) {
  const auto& needs = problem.needs;
  return std::isfinite(f.latency) && f.throughput >= needs.throughput * (1 - slack) &&
         f.resilience >= needs.resilience * (1 - slack) && f.latency <= needs.latency * (1 + slack) &&
         f.cost <= needs.cost * (1 + slack);
}

double value(Goal goal, const Figures& figures) {
  switch (goal) {
    case Goal::throughput:
      return figures.throughput;
    case Goal::cost:
      return figures.cost;
    case Goal::latency:
      return figures.latency;
    case Goal::resilience:
      return figures.resilience;
  }
  return 0;
}

bool is_better(Goal goal, double a, double b) {
  return goal == Goal::throughput || goal == Goal::resilience ? a > b : a < b;
}

}  // namespace marquetry::synthesis
