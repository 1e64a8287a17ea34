// Whether packets can wait for each other in a circle. Vertices: virtual channels (of links, not of nodes).
// An edge: a packet may hold the one and ask for the other. Without a cycle no deadlock can be (Dally, Seitz,
// IEEE Trans. Comput. 36, 1987); where packets may choose, it is enough that an escape network that they can
// always fall back to has none, indirect dependencies included (Duato, IEEE Trans. Parallel Distrib. Syst. 4,
// 1993).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

struct VirtualChannel {
  std::uint32_t channel{}, vc{};
  auto operator<=>(const VirtualChannel&) const = default;
};

struct Certificate {
  bool deadlock_free{};
  bool by_escape{};                     // the order is that of the escape network
  std::size_t dependencies{};           // how many there are; of the escape network if it is its order
  std::vector<VirtualChannel> order{};  // every dependency leads from an earlier one to a later one
  std::vector<VirtualChannel> cycle{};  // or a shortest circle of dependencies
  // (s, d): no way leads from node s to node d, or a packet can run in a circle for ever
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lost{};
};

Certificate certify(const topology::Graph& graph, const Routing& routing);

// "ordered: 48 dependencies of 24 virtual channels", or the circle channel by channel.
std::string text(const topology::Graph& graph, const Certificate& certificate);

}  // namespace marquetry::routing
