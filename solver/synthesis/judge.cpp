#include <cmath>

#include "synthesis/search.h"

namespace marquetry::synthesis {
namespace {

// Rounds of prices: 6 are 0.2 % off in the mean and 3 % at worst, 4 twice that.
constexpr std::uint32_t rounds = 6, rounds_of_many = 4;
constexpr std::size_t many = 24;               // dies
constexpr std::uint32_t rounds_in_doubt = 30;  // where a need lies between the bounds
constexpr std::uint32_t rounds_of_failure = 2;
constexpr double miss = 5;    // of a need: as a share of it
constexpr double split = 10;  // of a piece too many

}  // namespace

Weights weights(Goal goal) {
  // The cost of links that do nothing for the goal.
  Weights out{.cost = 1e-3};
  switch (goal) {
    case Goal::throughput:
      out.throughput = 1;
      break;
    case Goal::cost:
      out.cost = 1;
      break;
    case Goal::latency:
      out.latency = 1;
      break;
    case Goal::resilience:
      out.resilience = 1;
      out.throughput = 0.05;
      break;
  }
  return out;
}

Judge::Judge(const Problem& problem, const Weights& weights)
    : problem_{problem}, weights_{weights}, estimator_{problem}, best_load_{port_bound(problem)} {
  const std::vector<char> all(problem.candidates.size(), 1);
  best_latency_ = estimator_.latency(all);
  if (!std::isfinite(best_latency_)) best_latency_ = latency_constant(problem);
  double sum = 0;
  for (const auto& c : problem.candidates) sum += c.cost;
  const auto many = static_cast<double>(std::max<std::size_t>(1, problem.candidates.size()));
  usual_cost_ = std::max(1e-12, sum / many * static_cast<double>(problem.dies.size()));
}

double Judge::score(const State& state, Figures& figures) {
  const auto& needs = problem_.needs;
  figures = {.cost = state.cost()};
  double score = -weights_.cost * state.cost() / usual_cost_;
  if (weights_.resilience > 0 || needs.resilience > 0) {
    figures.resilience = estimator_.resilience(state.flags(), rounds_of_failure);
    score += weights_.resilience * figures.resilience / best_load_;
    if (figures.resilience < needs.resilience) score -= miss * (1 - figures.resilience / needs.resilience);
  }
  if (weights_.latency > 0 || std::isfinite(needs.latency)) {
    figures.latency = estimator_.latency(state.flags());
    if (std::isfinite(figures.latency)) {
      score -= weights_.latency * figures.latency / best_latency_;
      if (figures.latency > needs.latency) score -= miss * (figures.latency / needs.latency - 1);
    }
  }
  // Last, so that the prices are those of the load. One round tells the pieces.
  const bool is_about_load = weights_.throughput > 0 || needs.throughput > 0;
  auto load = estimator_.estimate(state.flags(), !is_about_load                ? 1
                                                 : problem_.dies.size() > many ? rounds_of_many
                                                                               : rounds);
  if (load.load < needs.throughput && needs.throughput <= load.most)
    load = estimator_.estimate(state.flags(), rounds_in_doubt);
  figures.throughput = load.load;
  figures.throughput_most = load.most;
  score += weights_.throughput * load.load / best_load_;
  if (load.load < needs.throughput) score -= miss * (1 - load.load / needs.throughput);
  return score - split * (load.pieces - 1);
}

}  // namespace marquetry::synthesis
