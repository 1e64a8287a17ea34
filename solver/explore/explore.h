// Design in, answer out: the front, its knee, its distance to the reference product, and what each limit
// costs.
#pragma once

#include "explore/best.h"
#include "explore/relax.h"
#include "explore/supply_loss.h"

namespace marquetry::explore {

struct ExploreOptions {
  int threads{1};
  double epsilon{};  // the front may be thinned to points within a factor 1 + epsilon of all others
  std::atomic<std::uint64_t>* done{};
  const std::atomic<bool>* stop{};
};

struct Exploration {
  double space{};
  std::vector<Choice> front{};  // sorted
  std::size_t knee{};
  std::size_t nearest{};  // to the reference
  std::optional<Reference> reference{};
  std::vector<std::optional<double>> distance{};  // of the nearest, by objective
  double shortfall{};                             // of the nearest
  double packages{};                              // of the nearest, to match one product
  std::vector<BestChoice> best{};                 // what the answer names
  std::vector<Measure> measures{};                // by which choices were weighed
  std::vector<Relaxation> relaxations{};          // best first
  std::vector<PairRelaxation> pairs{};            // best first
  std::vector<Price> prices{};                    // by limit
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
