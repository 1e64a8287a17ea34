#include "operators/cost.h"

#include <algorithm>
#include <iterator>

namespace marquetry::operators {

Bound largest_part(const Cost& cost) {
  const std::array parts{cost.compute, cost.memory, cost.cache, cost.network, cost.overhead};
  return static_cast<Bound>(std::distance(parts.begin(), std::ranges::max_element(parts)));
}

}  // namespace marquetry::operators
