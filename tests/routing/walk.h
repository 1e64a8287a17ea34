// An oracle that shares nothing with src/routing: sends packets through a routing by every lot and every way,
// and tells what it saw.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "routing/routing.h"

namespace marquetry::test {

struct Hop {
  std::uint32_t channel{}, vc{};
  auto operator<=>(const Hop&) const = default;
};

struct Seen {
  bool arrives{true};                            // every packet by every way, without going round in a circle
  std::set<std::pair<Hop, Hop>> dependencies{};  // held, asked for
  std::set<std::set<Hop>> offers{};  // of packets that are not at their node's router: all that they may take
  std::vector<std::uint32_t> least_hops{};    // by source * nodes + destination
  std::vector<std::uint32_t> least_cycles{};  // on the wires
};

// All ways on of a packet, each with the packet as it is afterwards, for every outcome of the lots.
struct Answer {
  routing::Way way{};
  routing::Packet packet{};
};
void each_outcome(const topology::Graph& graph, const routing::Routing& routing, const routing::Arrival& at,
                  const routing::Packet& packet,
                  const std::function<void(double chance, const std::vector<Answer>& ways)>& look);
std::vector<Answer> answers(const topology::Graph& graph, const routing::Routing& routing,
                            const routing::Arrival& at, const routing::Packet& packet);

Seen walk(const topology::Graph& graph, const routing::Routing& routing);

// A routing that is made for sure.
routing::Routing made(std::string_view row, const topology::Graph& graph, std::uint32_t vcs);
topology::Graph built(std::string_view topology, std::uint32_t routers);
topology::Graph cube(std::string_view topology, std::uint32_t k, std::uint32_t n);

}  // namespace marquetry::test
