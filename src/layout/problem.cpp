#include "layout/problem.h"

#include <algorithm>
#include <cmath>

namespace marquetry::layout {

Size squarest(const Soft& soft) {
  const double width = std::sqrt(
      soft.area * std::clamp(1.0, soft.least_aspect, std::max(soft.least_aspect, soft.largest_aspect)));
  return {std::max<Nanometre>(1, std::llround(width)),
          std::max<Nanometre>(1, std::llround(soft.area / width))};
}

Nanometre gap_between(const Problem& problem, std::size_t a, std::size_t b) {
  for (const auto& pair : problem.gaps) {
    if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) return pair.gap;
  }
  return problem.gap;
}

Nanometre edge_outside_rings(Nanometre margin, const std::vector<Die>& dies) {
  const auto narrowest = std::ranges::min_element(dies, {}, &Die::ring);
  return narrowest == dies.end() ? margin : std::max<Nanometre>(0, margin - narrowest->ring);
}

}  // namespace marquetry::layout
