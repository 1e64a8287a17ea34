// Collective operations among equal members: devices over their links, or dies within a package.
//
// `bytes` is what each member holds of the whole vector: before an all-reduce, a reduce-scatter or an
// all-to-all, after an all-gather or a broadcast; of a send, the message (traffic/collectives.h counts
// alike).
#pragma once

#include <array>
#include <string_view>

#include "operators/cost.h"
#include "operators/device.h"

namespace marquetry::operators {

enum class Collective { all_reduce, reduce_scatter, all_gather, all_to_all, broadcast, send };
inline constexpr std::array<std::string_view, 6> collective_names{
    "all-reduce", "reduce-scatter", "all-gather", "all-to-all", "broadcast", "send"};

// Time on the wires alone, and messages that wait for each other, of the better of the known ways.
struct Schedule {
  double wire{};   // s, with every link that the way uses busy at its full rate
  double steps{};  // each of which takes the latency of one message
};

// Thakur, Rabenseifner, Gropp, Int. J. High Perform. Comput. Appl. 19(1), 2005: rings where members have two
// neighbours, all at once where they are fully connected, halving and doubling over a switch, a ring of rings
// in a torus (as square as `members` allows).
Schedule schedule(Collective kind, const Peers& peers, double members, double bytes);

// launch + steps latency + min(2 sqrt(ramp wire), start) + wire / efficiency. One member: nothing. Members
// that are not joined: infinity.
Cost collective(Collective kind, const Peers& peers, double members, double bytes);

// Two levels: within each of `groups` packages and among them. An all-reduce is a reduce-scatter within, an
// all-reduce of each part with its like, an all-gather within. `outside` is that of a whole group.
struct Level {
  Peers peers{};
  double members{1};
};
Cost hierarchical(Collective kind, const Level& inside, const Level& outside, double bytes);

// No schedule on any network is faster: what must leave a side of `near` of `members` through `capacity`
// bytes/s of links that lead out of it.
double least_time(Collective kind, double near, double members, double capacity, double bytes);

}  // namespace marquetry::operators
