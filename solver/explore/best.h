// The compositions that an answer names, each the best of all choices in one sense.
#pragma once

#include "explore/search.h"

namespace marquetry::explore {

enum class Sense { nearest, cheapest, frugal, knee };

struct BestChoice {
  Sense sense{};
  Choice choice{};
  double packages{};  // that match one product; 0 where there is none to match
};

// Nearest to the reference, cheapest and least power to match it, and the knee; those that there are. The
// points are those of the front.
std::vector<BestChoice> best_compositions(const Prepared& prepared, const Measures& measures,
                                          const std::optional<Reference>& reference,
                                          const SearchResult& found);

// The point nearest to the best of every objective, each scaled to the extent of the front.
std::size_t knee_of(const std::vector<solver::Point>& points, std::size_t objectives);

}  // namespace marquetry::explore
