// The whole space, choice by choice: the exact front, the fronts that each single lifted limit would give,
// and the best that each pair of them would.
#pragma once

#include <atomic>

#include "explore/dropouts.h"
#include "explore/tally.h"

namespace marquetry::explore {

struct SearchOptions {
  int threads{1};
  std::atomic<std::uint64_t>* done{};  // choices dealt with, for a progress line; may be null
  const std::atomic<bool>* stop{};     // set from outside to end early; may be null
  const Sourcing* sourcing{};          // whose best choices are kept; null: none. Must outlive the result
};

struct SearchResult {
  solver::Archive front;                // keeps every limit
  std::vector<solver::Archive> lifted;  // by limit: breaks that one and no other
  std::vector<LeastBreak> least{};      // by limit
  std::optional<BestBySellers> sold{};  // that keep every limit; none without `sourcing`
  Tally tally;                          // pairs of limits, and what follows from no front
  std::uint64_t evaluated{};  // choices whose figures were computed; the others lie below a pruned branch
  bool complete{true};        // false where it was stopped
};

// Branches are cut where a die cannot be made or where names break a third limit; every other choice is
// evaluated. Each point carries the number of its choice (choice_at). The result does not depend on the
// number of threads.
// The measures must outlive the result.
SearchResult search(const Prepared& prepared, const Measures& measures, const SearchOptions& options);

}  // namespace marquetry::explore
