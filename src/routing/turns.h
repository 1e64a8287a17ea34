// Shortest paths over channels of which some may not follow others, one for each pair, with channels loaded
// as evenly as a greedy choice among equals makes them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// Channels that may be taken next, by the row of a table: after a channel (Key::input) or at a router.
struct Onward {
  Key key{Key::input};
  std::vector<std::uint32_t> begin{}, channel{};
};

// Any channel of the router but a way back.
Onward onward(const topology::Graph& graph);
// Those that `may_follow` the one before, and none back to where it came from; from a node any.
Onward onward(const topology::Graph& graph,
              const std::function<bool(std::uint32_t before, std::uint32_t after)>& may_follow);

struct TurnTables {
  Routing routing{};
  double most{};    // the highest load of a channel against its width, under uniform traffic
  double cycles{};  // on the wires, mean over pairs
  bool complete{};  // every node can be reached
};

// By the channels' latencies, then by hops; of equal ways the one whose channel is loaded least so far, pass
// by pass anew.
TurnTables shortest_tables(std::string name, const topology::Graph& graph, const Onward& onward,
                           std::uint32_t vcs, std::uint32_t passes);

}  // namespace marquetry::routing
