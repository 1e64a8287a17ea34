// All that can happen to packets for one destination under a routing by functions: every outcome of the lots,
// every way, every virtual channel.
#pragma once

#include <cstdint>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// A head in a virtual channel, with what its packet carries.
struct Stop {
  std::uint32_t channel{};  // that it came over; channels + node at its source
  std::uint32_t vc{}, via{}, phase{};
  bool operator==(const Stop&) const = default;
};

// What the lots come to at a stop, and in what share of cases; its ways are one after the other.
struct Outcome {
  std::uint32_t stop{};
  double share{};
  std::uint32_t first_way{}, last_way{};  // the last one is not its own
};

struct WayOn {
  std::uint32_t channel{};  // channels: to the node itself; `none`: nowhere
  std::uint32_t first_vc{}, last_vc{}, priority{};
  std::uint32_t next{};  // stop of the first virtual channel, as index into Journeys::next
};

struct Journeys {
  std::vector<Stop> stops{};
  std::vector<std::uint32_t> source{};         // stop of each node
  std::vector<std::uint32_t> first_outcome{};  // by stop; one more at the end
  std::vector<Outcome> outcomes{};
  std::vector<WayOn> ways{};
  std::vector<std::uint32_t> next{};  // stops, by way and virtual channel
  // Stops, each before those that lead to it; not those from which a packet may come to no way on or round
  // in a circle.
  std::vector<std::uint32_t> order{};
  std::vector<bool> is_lost{};
};

// Of routings with Routing::chance: the first leg, which leads to the node `destination` as the one between,
// or the second one, which leads from every node as the one between. Both depend on no other end of the way,
// so that n of each stand for the n * n * n whole ones.
enum class Leg : std::uint8_t { whole, first, second };

// `ports` as of the graph.
Journeys journeys(const topology::Graph& graph, const topology::Ports& ports, const Routing& routing,
                  std::uint32_t destination, Leg leg = Leg::whole);

// Whether a packet may come from a node to no way on.
bool any_lost(const Journeys& all);

}  // namespace marquetry::routing
