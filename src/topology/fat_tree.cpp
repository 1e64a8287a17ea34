// The k-ary n-tree (Petrini, Vanneschi, IPPS 1997): n levels of k^(n - 1) routers, each joined to k below and
// k above; ports as in BookSim2 (booksim/booksim2, src/networks/fattree.cpp).
#include "topology/rows.h"

namespace marquetry::topology {

std::optional<Graph> fat_tree(const Size& size, std::string& why) {
  const std::uint32_t k = size.k, n = size.n != 0 ? size.n : 3;
  if (k < 2 || size.rows != 0 || size.columns != 0 || size.routers != 0) {
    why = "a fat tree is given by its radix k, at least 2, and its levels n";
    return std::nullopt;
  }
  const auto nodes = power(k, n);
  if (!nodes || std::uint64_t{n} * *nodes > most_routers) {
    why = std::to_string(k) + "^" + std::to_string(n) + " nodes are too many";
    return std::nullopt;
  }
  const std::uint32_t positions = *nodes / k;
  Builder made{"fat-tree", n * positions};
  made.graph.shape = {Family::fat_tree, k, n, k, {}};
  for (std::uint32_t node = 0; node < *nodes; ++node)
    made.terminal_at((n - 1) * positions + node / k, node % k);
  // Below a router of a level is a block of positions; its k parts are its children's. A child has the place
  // in its part that the router has modulo a part's size; which of the k routers above that it is, is the
  // child's port.
  std::uint32_t block = positions;
  for (std::uint32_t level = 0; level + 1 < n; ++level, block /= k) {
    const std::uint32_t part = block / k;
    for (std::uint32_t at = 0; at < positions; ++at) {
      const std::uint32_t first = at / block * block, within = at % block;
      for (std::uint32_t down = 0; down < k; ++down) {
        const std::uint32_t child = first + down * part + within % part;
        made.link_at(level * positions + at, down, (level + 1) * positions + child, k + within / part);
      }
    }
  }
  for (std::uint32_t level = 0; level < n; ++level)
    for (std::uint32_t at = 0; at < positions; ++at)
      made.graph.places.push_back({static_cast<double>(at), static_cast<double>(level)});
  return std::move(made.graph);
}

}  // namespace marquetry::topology
