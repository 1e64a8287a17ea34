#include "simulate/draws.h"

#include <algorithm>
#include <cmath>

namespace marquetry::simulate {

Draws::Draws(Model model, std::uint64_t seed, const traffic::Traffic& traffic, double packet_rate)
    : model_{model}, traffic_{traffic}, integers_(seed), reals_(seed), routing_{Rng{seed}.fork(0)} {
  const std::uint32_t n = traffic.nodes;
  for (std::uint32_t s = 0; s < n; ++s) {
    nodes_.push_back(Rng{seed}.fork(s + 1));
    double share = 1;
    if (traffic.kind == traffic::Kind::permutation && traffic.target[s] == s && !traffic.includes_self)
      share = 0;
    if (traffic.kind == traffic::Kind::uniform && n == 1 && !traffic.includes_self) share = 0;
    if (traffic.kind == traffic::Kind::matrix) {
      share = 0;
      for (std::uint32_t d = 0; d < n; ++d) {
        share += traffic.weights[std::size_t{s} * n + d];
        sums_.push_back(share);
      }
    }
    birth_limit_.push_back(
        static_cast<std::uint64_t>(std::ceil(std::ldexp(std::min(1.0, packet_rate * share), 52))));
  }
}

std::uint32_t Draws::destination(std::uint32_t source) {
  const std::uint32_t n = traffic_.nodes;
  std::uint32_t to = source;
  switch (traffic_.kind) {
    case traffic::Kind::uniform:
      to = drawn(source, traffic_.includes_self ? n : n - 1);
      if (!traffic_.includes_self && to >= source) ++to;
      break;
    case traffic::Kind::permutation:
      to = traffic_.target[source];
      break;
    case traffic::Kind::hotspot: {
      const auto spots = static_cast<std::uint32_t>(traffic_.spots.size());
      to = traffic_.spots[spots == 1 ? 0 : drawn(source, spots)];
      break;
    }
    case traffic::Kind::matrix: {
      const auto row = sums_.begin() + static_cast<std::ptrdiff_t>(std::size_t{source} * n);
      const auto end = row + static_cast<std::ptrdiff_t>(n);
      const double x = *(end - 1) * (drawn(source, std::uint32_t{1} << 30) * 0x1p-30);
      to = static_cast<std::uint32_t>(std::upper_bound(row, end, x) - row);
      break;
    }
  }
  if (model_ == Model::booksim2) integers_.next();  // of its only sub-network
  return to;
}

}  // namespace marquetry::simulate
