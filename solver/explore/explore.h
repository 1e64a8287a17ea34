// Design in, answer out: the front, its knee, its distance to the reference product, and what each limit
// costs.
#pragma once

#include "explore/reference.h"
#include "explore/search.h"
#include "explore/supply_loss.h"

namespace marquetry::explore {

struct ExploreOptions {
  int threads{1};
  double epsilon{};  // the front may be thinned to points within a factor 1 + epsilon of all others
  std::atomic<std::uint64_t>* done{};
  const std::atomic<bool>* stop{};
};

// What the front gains when one limit alone is lifted.
struct Relaxation {
  std::size_t limit{};                     // of Rules::limits
  std::string to{};                        // what has to be allowed for the most gain
  std::string least{};                     // the least that has to be allowed for any choice at all
  std::vector<double> gain{};              // by objective: how much better the best value becomes, as a share
  std::optional<double> shortfall_gain{};  // how much nearer the reference comes
  std::size_t points{};                    // that it adds to the front
  Choice best{};                           // the one that is meant by `to`
};

struct Exploration {
  double space{};
  std::vector<Choice> front{};  // sorted
  std::size_t knee{};
  std::size_t nearest{};  // to the reference
  std::optional<Reference> reference{};
  std::vector<std::optional<double>> distance{};  // of the nearest, by objective
  double packages{};                              // of the nearest, to match one product
  std::vector<Relaxation> relaxations{};          // best first
  std::optional<SupplyAnswer> supply{};           // none where nothing is feasible
  std::uint64_t evaluated{};
  bool proved{};
};

// The largest space that is searched choice by choice.
inline constexpr double most_choices = 2e8;

// Nothing, and a complaint that says what to fix or coarsen, where the space is beyond most_choices.
std::optional<Exploration> explore(const Prepared& prepared, const ExploreOptions& options,
                                   Diagnostics& diagnostics);

// Where nothing is feasible: the choice that breaks least, found by looking at up to `budget` choices spread
// over the space.
Choice least_violation(const Prepared& prepared, std::uint64_t budget);

}  // namespace marquetry::explore
