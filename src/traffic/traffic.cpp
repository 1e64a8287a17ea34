#include "traffic/traffic.h"

namespace marquetry::traffic {

std::vector<double> matrix(const Traffic& traffic) {
  if (traffic.kind == Kind::matrix) return traffic.weights;
  const std::size_t n = traffic.nodes;
  std::vector<double> out(n * n);
  for (std::size_t s = 0; s < n; ++s) {
    switch (traffic.kind) {
      case Kind::uniform:
        for (std::size_t d = 0; d < n; ++d) {
          if (d != s || traffic.includes_self)
            out[s * n + d] = 1 / static_cast<double>(traffic.includes_self ? n : n - 1);
        }
        break;
      case Kind::permutation:
        if (traffic.target[s] != s || traffic.includes_self) out[s * n + traffic.target[s]] = 1;
        break;
      case Kind::hotspot:
        for (const auto d : traffic.spots) out[s * n + d] += 1 / static_cast<double>(traffic.spots.size());
        break;
      case Kind::matrix:
        break;
    }
  }
  return out;
}

}  // namespace marquetry::traffic
