// The whole space, choice by choice: the exact front, and the fronts that each single lifted limit would
// give.
#pragma once

#include <atomic>
#include <compare>
#include <limits>

#include "explore/dropouts.h"

namespace marquetry::explore {

struct SearchOptions {
  int threads{1};
  std::atomic<std::uint64_t>* done{};  // choices dealt with, for a progress line; may be null
  const std::atomic<bool>* stop{};     // set from outside to end early; may be null
  const Sourcing* sourcing{};          // whose best choices are kept; null: none. Must outlive the result
};

// The choice that breaks one limit alone, and breaks it least.
struct LeastBreak {
  double excess{std::numeric_limits<double>::infinity()};  // as a share of the limit; for names, their strain
  std::uint64_t id{};
  friend auto operator<=>(const LeastBreak&, const LeastBreak&) = default;
};

struct SearchResult {
  solver::Archive front;                // keeps every limit
  std::vector<solver::Archive> lifted;  // by limit: breaks that one and no other
  std::vector<LeastBreak> least{};      // by limit
  std::optional<BestBySellers> sold{};  // that keep every limit; none without `sourcing`
  std::uint64_t evaluated{};  // choices whose figures were computed; the others lie below a pruned branch
  bool complete{true};        // false where it was stopped
};

// Branches are cut where a die cannot be made or where names break a second limit; every other choice is
// evaluated. Each point carries the number of its choice (choice_at). The result does not depend on the
// number of threads.
SearchResult search(const Prepared& prepared, const SearchOptions& options);

}  // namespace marquetry::explore
