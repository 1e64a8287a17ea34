// What the front gains when one limit alone is lifted.
#pragma once

#include "explore/explore.h"

namespace marquetry::explore {

// For every limit that gains something; best first.
std::vector<Relaxation> relaxations(const Prepared& prepared, const SearchResult& found,
                                    const std::optional<Reference>& reference);

}  // namespace marquetry::explore
