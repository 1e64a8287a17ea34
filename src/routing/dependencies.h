// Who may wait for whom: the dependencies between virtual channels of all packets of a routing.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "routing/journeys.h"

namespace marquetry::routing {

// Vertices: channel * vcs + virtual channel.
struct Dependencies {
  std::uint32_t vcs{};
  std::vector<bool> used{};
  std::vector<std::vector<std::uint32_t>> after{};  // by vertex held: those asked for, each once
  // Vertices that some packet is offered along with others of higher priority: what it may escape to.
  std::vector<bool> offered_last{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lost{};

  std::size_t count() const;
};

void add_once(std::vector<std::uint32_t>& list, std::uint32_t value);
// Of what a packet may hold at a stop, and ask for.
void add(const Journeys& all, const Outcome& outcome, std::size_t channels, Dependencies& out);

Dependencies dependencies(const topology::Graph& graph, const Routing& routing);

// Whether each packet is, wherever it may be, offered a virtual channel of these or its node.
bool always_offers(const topology::Graph& graph, const Routing& routing, const std::vector<bool>& escape);

// Between escape channels alone, what is waited for by way of the others included: a packet behind another
// one in a channel waits for all that this one may ask for.
std::vector<std::vector<std::uint32_t>> extended(const Dependencies& all, const std::vector<bool>& escape);

}  // namespace marquetry::routing
