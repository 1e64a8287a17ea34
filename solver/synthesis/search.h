// Annealing over choices of links: drop, add, swap and rewire within the limits, adding where the prices of
// the load say it helps.
#pragma once

#include <atomic>

#include "pareto/archive.h"
#include "synthesis/estimate.h"
#include "synthesis/state.h"

namespace marquetry::synthesis {

// How much each figure counts, as a share of what is good for it; the needs count on top.
struct Weights {
  double throughput{}, latency{}, cost{}, resilience{};
};
Weights weights(Goal goal);

// Of a choice, as far as it was asked for.
struct Figures {
  double throughput{};       // carried, flits a node and cycle
  double throughput_most{};  // no routing carries more over these links
  double latency{};          // mean without load over shortest ways, cycles
  double cost{};
  double resilience{};  // carried whichever link or die fails
};

// How good a choice is: the greater the better.
class Judge {
 public:
  Judge(const Problem& problem, const Weights& weights);
  double score(const State& state, Figures& figures);
  bool is_whole(const State& state) { return estimator_.estimate(state.flags(), 1).pieces == 1; }
  const Estimator& estimator() const { return estimator_; }
  const Problem& problem() const { return problem_; }
  // Whether more links can only make it better.
  bool wants_all() const { return weights_.cost < 0.1; }

 private:
  const Problem& problem_;
  Weights weights_;
  Estimator estimator_;
  double best_load_{}, best_latency_{}, usual_cost_{};
};

struct SearchOptions {
  double seconds{5};
  std::uint64_t steps{};  // a chain; 0: by the number of dies
  std::uint64_t chains{4}, seed{1};
  int threads{1};
  const std::atomic<bool>* stop{};
};

struct Found {
  Links links{};
  double score{};
  std::uint64_t steps{};
};

std::uint64_t usual_steps(const Problem& problem);

// The best of each chain, best first; equal ones once. Where the steps are done before the seconds it does
// not depend on the number of threads, nor on time.
std::vector<Found> search(const Problem& problem, const Weights& weights, const SearchOptions& options);

}  // namespace marquetry::synthesis
