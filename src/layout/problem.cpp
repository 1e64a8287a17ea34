#include "layout/problem.h"

namespace marquetry::layout {

Nanometre gap_between(const Problem& problem, std::size_t a, std::size_t b) {
  for (const auto& pair : problem.gaps) {
    if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) return pair.gap;
  }
  return problem.gap;
}

}  // namespace marquetry::layout
