// Which floorplans are the same one with blocks of a kind exchanged, or in a mirror: a proof looks at one of
// each. Kinds are found, not believed: every exchange that is used leaves all nets, sizes and gaps as they
// were.
#pragma once

#include <utility>
#include <vector>

#include "floorplan/problem.h"

namespace marquetry::floorplan::exact {

struct Symmetry {
  // Some optimal floorplan has the centre of `first` not right of that of `second`, for all of these at once.
  std::vector<std::pair<std::size_t, std::size_t>> ordered{};
  std::vector<std::vector<std::size_t>> orbits{};  // blocks that exchanges carry into each other
  bool mirrored{};    // no fixed points, all pins at centres: left and right may be swapped, as may top and
                      // bottom
  bool transposed{};  // and x and y as well
  bool exchanges() const { return !ordered.empty(); }
};

Symmetry symmetry_of(const Problem& problem);

bool is_centre(const Problem& problem, const Pin& pin);
Nanometre gap_between(const Problem& problem, std::size_t a, std::size_t b);

}  // namespace marquetry::floorplan::exact
